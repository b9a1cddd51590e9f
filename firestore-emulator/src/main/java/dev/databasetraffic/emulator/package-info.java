@NullMarked
package dev.databasetraffic.emulator;

import org.jspecify.annotations.NullMarked;
