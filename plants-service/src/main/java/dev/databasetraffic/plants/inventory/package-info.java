/** The inventory as its callers see it: plants, the HTTP interface and the problems that it may answer with. */
@NullMarked
package dev.databasetraffic.plants.inventory;

import org.jspecify.annotations.NullMarked;
