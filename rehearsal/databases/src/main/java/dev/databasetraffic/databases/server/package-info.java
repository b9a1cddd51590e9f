/** How a real server is had for a run: one of this machine, one out of a library, or a container. */
@NullMarked
package dev.databasetraffic.databases.server;

import org.jspecify.annotations.NullMarked;
