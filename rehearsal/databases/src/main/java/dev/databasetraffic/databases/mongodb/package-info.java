/** MongoDB. */
@NullMarked
package dev.databasetraffic.databases.mongodb;

import org.jspecify.annotations.NullMarked;
