/** Spring Boot's auto-configuration of a {@link dev.databasetraffic.channelguard.ChannelGuard}. */
@NullMarked
package dev.databasetraffic.channelguard.boot;

import org.jspecify.annotations.NullMarked;
