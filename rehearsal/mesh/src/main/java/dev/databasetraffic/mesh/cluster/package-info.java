/** The mesh of a live cluster, as manifests; it is read and never written to. */
@NullMarked
package dev.databasetraffic.mesh.cluster;

import org.jspecify.annotations.NullMarked;
