/** Any database, or service, that answers a request with counts. */
@NullMarked
package dev.databasetraffic.databases.http;

import org.jspecify.annotations.NullMarked;
