@NullMarked
package dev.databasetraffic.plants;

import org.jspecify.annotations.NullMarked;
