/** The processes of a bench, how they are started, and what the system tells of them. */
@NullMarked
package dev.databasetraffic.bench.running;

import org.jspecify.annotations.NullMarked;
