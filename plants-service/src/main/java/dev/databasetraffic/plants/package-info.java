/** The application: an inventory of plants that lives in Firestore. */
@NullMarked
package dev.databasetraffic.plants;

import org.jspecify.annotations.NullMarked;
