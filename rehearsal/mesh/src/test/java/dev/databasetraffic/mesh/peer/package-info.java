/** Who is at the ends of a connection in tests. */
@NullMarked
package dev.databasetraffic.mesh.peer;

import org.jspecify.annotations.NullMarked;
