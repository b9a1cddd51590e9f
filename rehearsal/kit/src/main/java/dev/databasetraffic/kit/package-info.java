/** What any program about processes and networks needs: processes on a leash, ports, relays, certificates for a while. */
@NullMarked
package dev.databasetraffic.kit;

import org.jspecify.annotations.NullMarked;
