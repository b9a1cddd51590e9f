/** The manifests on a real mesh: what istiod makes of them, and what callers then see. */
@NullMarked
package dev.databasetraffic.mesh;

import org.jspecify.annotations.NullMarked;
