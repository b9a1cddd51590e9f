/** Load on one service, and the proof that what was acknowledged is what was stored. */
@NullMarked
package dev.databasetraffic.bench.load;

import org.jspecify.annotations.NullMarked;
