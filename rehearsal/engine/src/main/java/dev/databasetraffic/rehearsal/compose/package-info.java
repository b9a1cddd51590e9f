/** The rehearsal in docker-compose, with a real Envoy in the sidecar's place. */
@NullMarked
package dev.databasetraffic.rehearsal.compose;

import org.jspecify.annotations.NullMarked;
