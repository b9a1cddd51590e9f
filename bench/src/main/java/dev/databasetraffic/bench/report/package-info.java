/** Figures into files: JSON of every single measurement, and the tables and the plot that are made from it. */
@NullMarked
package dev.databasetraffic.bench.report;

import org.jspecify.annotations.NullMarked;
