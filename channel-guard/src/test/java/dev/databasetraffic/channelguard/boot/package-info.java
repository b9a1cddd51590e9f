@NullMarked
package dev.databasetraffic.channelguard.boot;

import org.jspecify.annotations.NullMarked;
