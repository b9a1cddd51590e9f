/** The service and the genuine emulator, with something between them that can be made to fail. */
@NullMarked
package dev.databasetraffic.plants.outage;

import org.jspecify.annotations.NullMarked;
