@NullMarked
package dev.databasetraffic.rehearsal;

import org.jspecify.annotations.NullMarked;
