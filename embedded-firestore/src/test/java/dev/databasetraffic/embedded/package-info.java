@NullMarked
package dev.databasetraffic.embedded;

import org.jspecify.annotations.NullMarked;
