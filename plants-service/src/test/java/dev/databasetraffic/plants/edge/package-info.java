/** What the service refuses, and how. */
@NullMarked
package dev.databasetraffic.plants.edge;

import org.jspecify.annotations.NullMarked;
