@NullMarked
package dev.databasetraffic.channelguard.delivery;

import org.jspecify.annotations.NullMarked;
