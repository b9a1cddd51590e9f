/** What {@code rehearse check} takes for a large mesh. */
@NullMarked
package dev.databasetraffic.bench.checking;

import org.jspecify.annotations.NullMarked;
