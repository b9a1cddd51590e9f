@NullMarked
package dev.databasetraffic.channelguard.gax;

import org.jspecify.annotations.NullMarked;
