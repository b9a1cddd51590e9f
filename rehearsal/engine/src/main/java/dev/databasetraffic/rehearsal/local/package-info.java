/** A rehearsal's place on this machine: emulator, TLS front, router, echo and plants, each process on a leash. */
@NullMarked
package dev.databasetraffic.rehearsal.local;

import org.jspecify.annotations.NullMarked;
