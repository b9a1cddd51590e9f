/** What every request meets whatever it asks for: limits, refusals in words of ours, headers and the request log. */
@NullMarked
package dev.databasetraffic.plants.edge;

import org.jspecify.annotations.NullMarked;
