/** PostgreSQL. */
@NullMarked
package dev.databasetraffic.databases.postgresql;

import org.jspecify.annotations.NullMarked;
