@NullMarked
package dev.databasetraffic.channelguard;

import org.jspecify.annotations.NullMarked;
