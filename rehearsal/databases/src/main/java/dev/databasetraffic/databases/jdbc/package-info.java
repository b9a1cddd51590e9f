/** Counting by a query, for every database with a JDBC driver. */
@NullMarked
package dev.databasetraffic.databases.jdbc;

import org.jspecify.annotations.NullMarked;
