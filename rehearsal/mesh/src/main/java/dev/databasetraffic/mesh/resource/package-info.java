/** The members of Kubernetes' and Istio's resources that the mesh's model reads, typed and without nulls. */
@NullMarked
package dev.databasetraffic.mesh.resource;

import org.jspecify.annotations.NullMarked;
