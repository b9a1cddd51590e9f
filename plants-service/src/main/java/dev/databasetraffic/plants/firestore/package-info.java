/** The way to Firestore: one channel with its guard, one path for writes, and the plants kept there. */
@NullMarked
package dev.databasetraffic.plants.firestore;

import org.jspecify.annotations.NullMarked;
