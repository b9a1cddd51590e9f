/** What Envoy tells of itself on its admin interface, whether istiod or somebody's hand configured it. */
@NullMarked
package dev.databasetraffic.mesh.envoy;

import org.jspecify.annotations.NullMarked;
