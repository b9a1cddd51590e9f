/** A stand-in for Firestore in memory, spoken to over gRPC as the real one is. */
@NullMarked
package dev.databasetraffic.embedded;

import org.jspecify.annotations.NullMarked;
