@NullMarked
package dev.databasetraffic.channelguard.micrometer;

import org.jspecify.annotations.NullMarked;
