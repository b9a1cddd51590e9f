/** What a guard costs a healthy channel, beside the same channel without one. */
@NullMarked
package dev.databasetraffic.bench.guard;

import org.jspecify.annotations.NullMarked;
