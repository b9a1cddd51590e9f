/** The rehearsal in a Kubernetes cluster with Istio, on workloads that somebody else deployed. */
@NullMarked
package dev.databasetraffic.rehearsal.kubernetes;

import org.jspecify.annotations.NullMarked;
