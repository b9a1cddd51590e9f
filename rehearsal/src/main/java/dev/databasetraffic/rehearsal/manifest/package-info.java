/** Kubernetes and Istio manifests as files hold them, each value with its line. */
@NullMarked
package dev.databasetraffic.rehearsal.manifest;

import org.jspecify.annotations.NullMarked;
