/** A service as most people write one: carts, kept in Redis. */
@NullMarked
package dev.databasetraffic.examples.carts;

import org.jspecify.annotations.NullMarked;
