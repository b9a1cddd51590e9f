/** The mesh's own configuration, which manifests say nothing of. */
@NullMarked
package dev.databasetraffic.mesh.config;

import org.jspecify.annotations.NullMarked;
