package dev.databasetraffic.channelguard.boot;

import dev.databasetraffic.channelguard.GuardSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How an application's channels are watched; see {@link GuardSettings}, which checks the times.
 *
 * @param enabled whether Spring gRPC's channels are guarded without being asked for
 * @param name of the far side in log lines and metrics; each channel's authority when absent
 * @param interval time between two looks at a channel
 * @param connectTimeout how long an attempt to connect may take before it is given up for a new one
 * @param probeTimeout how long the far side may take to answer a probe
 * @param retryInterval time between two attempts to connect, and between two probes, while the far side is away
 * @param patience how long all calls may go unanswered before the far side is asked whether it is there
 * @param rest after so long without a call a far side that is away is left to gRPC's own back-off
 */
@ConfigurationProperties(prefix = "channel-guard", ignoreUnknownFields = false)
public record ChannelGuardProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String name,
        @DefaultValue("100ms") Duration interval,
        @DefaultValue("600ms") Duration connectTimeout,
        @DefaultValue("500ms") Duration probeTimeout,
        @DefaultValue("250ms") Duration retryInterval,
        @DefaultValue("1s") Duration patience,
        @DefaultValue("1m") Duration rest) {

    public ChannelGuardProperties {
        var checked = new GuardSettings(interval, connectTimeout, probeTimeout, retryInterval, patience, rest);
        interval = checked.interval();
    }

    /**
     * The times.
     *
     * @return as a guard takes them
     */
    public GuardSettings toSettings() {
        return new GuardSettings(interval, connectTimeout, probeTimeout, retryInterval, patience, rest);
    }
}
