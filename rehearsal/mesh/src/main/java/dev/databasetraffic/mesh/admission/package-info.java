/** What the API server and Istio's webhook take, and what they refuse. */
@NullMarked
package dev.databasetraffic.mesh.admission;

import org.jspecify.annotations.NullMarked;
