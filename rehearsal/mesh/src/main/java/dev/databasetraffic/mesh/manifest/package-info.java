/** Kubernetes and Istio manifests as files hold them, each value with its line. */
@NullMarked
package dev.databasetraffic.mesh.manifest;

import org.jspecify.annotations.NullMarked;
