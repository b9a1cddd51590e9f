/** What a rehearsal asks of a database: a real one for a run, and a count of what it stores. One package each below. */
@NullMarked
package dev.databasetraffic.databases;

import org.jspecify.annotations.NullMarked;
