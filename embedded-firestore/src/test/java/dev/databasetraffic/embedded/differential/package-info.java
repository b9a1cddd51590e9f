/** The stand-in held to the genuine emulator, by random programs. */
@NullMarked
package dev.databasetraffic.embedded.differential;

import org.jspecify.annotations.NullMarked;
