/**
 * The control plane of docker-compose's Envoy: writes the files that it watches, so that it does what the model says, and takes
 * outages.
 */
@NullMarked
package dev.databasetraffic.mesh.controlplane;

import org.jspecify.annotations.NullMarked;
