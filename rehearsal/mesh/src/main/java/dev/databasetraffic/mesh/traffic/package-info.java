/** What becomes of a host's connections when a rule comes and goes, whoever watches them. */
@NullMarked
package dev.databasetraffic.mesh.traffic;

import org.jspecify.annotations.NullMarked;
