/**
 * A guard for gRPC channels: a circuit breaker whose half-open probe is the channel itself.
 *
 * <p>{@link dev.databasetraffic.channelguard.ChannelGuard#on ChannelGuard.on(builder)} is all that a client needs.
 */
@NullMarked
package dev.databasetraffic.channelguard;

import org.jspecify.annotations.NullMarked;
