/** The stand-in held to the genuine emulator, by random programs. */
@NullMarked
package dev.databasetraffic.databases.firestore.differential;

import org.jspecify.annotations.NullMarked;
