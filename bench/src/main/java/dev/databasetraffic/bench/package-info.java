/** Measures plants-service beside its peers on the genuine emulator: one command for each bench. */
@NullMarked
package dev.databasetraffic.bench;

import org.jspecify.annotations.NullMarked;
