package dev.databasetraffic.channelguard;

import java.time.Duration;
import java.util.Objects;

/**
 * How a channel is watched. Longer times are gentler to the far side, shorter ones are sooner back.
 *
 * <p>The far side is used again about {@code connectTimeout + interval} after its end of an outage in which connections
 * hung, {@code probeTimeout + interval} after one in which calls did, and {@code retryInterval + interval} after one in
 * which connections failed at once; connecting and one call's round trip come on top. A time shorter than 1 ms or longer
 * than a day is refused with {@link IllegalArgumentException}.
 *
 * @param interval time between two looks at the channel, at least 1 ms
 * @param connectTimeout how long an attempt to connect, TLS included, may take before it is given up for a new one. A
 *     channel that has been seen to need longer gets half as much again as it needed, and the first attempt five times as
 *     much as is set here. At least 1 ms
 * @param probeTimeout how long the far side may take to answer the {@link Probe}; as much more as above, likewise. At
 *     least 1 ms
 * @param retryInterval least time between two attempts to connect and between two probes while the far side is away,
 *     give or take a fifth of it at random, so that clients do not come in step. At least 1 ms
 * @param patience how long a call may go unanswered, and every other call as well, before the far side is asked by the
 *     {@link Probe} whether it is there. A call that ends with its deadline has it asked sooner. At least 1 ms
 * @param rest after so long without a call the guard leaves a far side that is away to gRPC's own back-off, until
 *     somebody calls again. At least 1 ms
 */
public record GuardSettings(
        Duration interval,
        Duration connectTimeout,
        Duration probeTimeout,
        Duration retryInterval,
        Duration patience,
        Duration rest) {

    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofDays(1);

    private static final GuardSettings DEFAULTS = new GuardSettings(
            Duration.ofMillis(100),
            Duration.ofMillis(600),
            Duration.ofMillis(500),
            Duration.ofMillis(250),
            Duration.ofSeconds(1),
            Duration.ofMinutes(1));

    public GuardSettings {
        check("interval", interval);
        check("connectTimeout", connectTimeout);
        check("probeTimeout", probeTimeout);
        check("retryInterval", retryInterval);
        check("patience", patience);
        check("rest", rest);
    }

    /**
     * What suits a far side within a continent: a look each 100 ms, 600 ms to connect, 500 ms to answer a probe, 250 ms
     * between attempts, a second's patience, rest after a minute.
     *
     * @return the defaults
     */
    public static GuardSettings defaults() {
        return DEFAULTS;
    }

    private static void check(String name, Duration value) {
        Objects.requireNonNull(value, name);
        if (value.compareTo(LEAST) < 0 || value.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(name + " is " + value.toMillis() + " ms: must be from 1 ms to a day");
        }
    }
}
