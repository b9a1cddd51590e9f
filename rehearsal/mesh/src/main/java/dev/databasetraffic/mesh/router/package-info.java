/**
 * The sidecar's part on one machine: reads Istio's manifests and routes connections by their server name as a sidecar
 * would.
 */
@NullMarked
package dev.databasetraffic.mesh.router;

import org.jspecify.annotations.NullMarked;
