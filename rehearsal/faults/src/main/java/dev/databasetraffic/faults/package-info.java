/** Faults on the way to a database, each made on the wire by a relay that real clients and real servers talk through. */
@NullMarked
package dev.databasetraffic.faults;

import org.jspecify.annotations.NullMarked;
