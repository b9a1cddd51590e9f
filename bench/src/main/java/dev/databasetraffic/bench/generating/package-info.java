/** Load generators, and a service that knows better than they do what they did. */
@NullMarked
package dev.databasetraffic.bench.generating;

import org.jspecify.annotations.NullMarked;
