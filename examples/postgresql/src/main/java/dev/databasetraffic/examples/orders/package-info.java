/** A service as most people write one: orders, kept in PostgreSQL. */
@NullMarked
package dev.databasetraffic.examples.orders;

import org.jspecify.annotations.NullMarked;
