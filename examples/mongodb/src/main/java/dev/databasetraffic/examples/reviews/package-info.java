/** A service as most people write one: reviews, kept in MongoDB. */
@NullMarked
package dev.databasetraffic.examples.reviews;

import org.jspecify.annotations.NullMarked;
