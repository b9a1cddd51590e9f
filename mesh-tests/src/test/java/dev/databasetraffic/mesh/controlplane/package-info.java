/** Into the control plane's package, for what it writes without a place to run. */
@NullMarked
package dev.databasetraffic.mesh.controlplane;

import org.jspecify.annotations.NullMarked;
