/** Tests of what decides about writes. */
@NullMarked
package dev.databasetraffic.plants.firestore;

import org.jspecify.annotations.NullMarked;
