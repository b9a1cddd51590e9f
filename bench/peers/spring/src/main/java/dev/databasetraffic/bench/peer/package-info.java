/** The plants service as one would write it in Spring Boot in an afternoon: what plants-service is measured against. */
@NullMarked
package dev.databasetraffic.bench.peer;

import org.jspecify.annotations.NullMarked;
