/** The demo's loop: a plant every few seconds, and a line in the log for each. */
@NullMarked
package dev.databasetraffic.plants.writer;

import org.jspecify.annotations.NullMarked;
