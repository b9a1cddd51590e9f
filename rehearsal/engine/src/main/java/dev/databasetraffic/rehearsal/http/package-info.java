/** Requests over HTTP/1.1 to one server, many at once on one thread, for next to nothing each. */
@NullMarked
package dev.databasetraffic.rehearsal.http;

import org.jspecify.annotations.NullMarked;
