/** What passes bytes between a client and a server, and what loads it with them. */
@NullMarked
package dev.databasetraffic.bench.passing;

import org.jspecify.annotations.NullMarked;
