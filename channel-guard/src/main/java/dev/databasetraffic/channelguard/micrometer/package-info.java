/** Guards as metrics; needs {@code micrometer-core}. */
@NullMarked
package dev.databasetraffic.channelguard.micrometer;

import org.jspecify.annotations.NullMarked;
