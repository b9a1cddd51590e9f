/** The command line: {@code ./rehearse}. */
@NullMarked
package dev.databasetraffic.rehearsal.cli;

import org.jspecify.annotations.NullMarked;
