/** A service of plain grpc-java, with and without a guard of its channel: what guards do is not about Firestore. */
@NullMarked
package dev.databasetraffic.rehearsal.plaingrpc;

import org.jspecify.annotations.NullMarked;
