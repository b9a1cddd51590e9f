/** Every fault against every way of using the client, row by row: what callers got, and what became of their writes. */
@NullMarked
package dev.databasetraffic.rehearsal.matrix;

import org.jspecify.annotations.NullMarked;
