package dev.databasetraffic.channelguard.micrometer;

import dev.databasetraffic.channelguard.GuardListener;
import dev.databasetraffic.channelguard.GuardState;
import dev.databasetraffic.channelguard.GuardedChannel;
import io.grpc.Status;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what guards see and do, by the name of the far side; channels of one name, such as those of a pool, are counted
 * together.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>kind</th><th>tags</th><th>what</th></tr>
 * <tr><td>{@value #STATE}</td><td>gauge</td><td>name, state</td><td>channels in that state now</td></tr>
 * <tr><td>{@value #ABSENCES}</td><td>counter</td><td>name</td><td>times that the far side was found away</td></tr>
 * <tr><td>{@value #REFUSED}</td><td>counter</td><td>name</td><td>calls failed at once</td></tr>
 * <tr><td>{@value #RECONNECTS}</td><td>counter</td><td>name</td><td>connections and attempts left for new ones</td></tr>
 * <tr><td>{@value #PROBES}</td><td>counter</td><td>name, code</td><td>probes by the status that they ended with</td></tr>
 * </table>
 */
public final class GuardMetrics implements GuardListener {

    /** How many channels are in each state. */
    public static final String STATE = "channel.guard.channels";

    /** How often a far side was found away. */
    public static final String ABSENCES = "channel.guard.absences";

    /** How many calls were failed at once. */
    public static final String REFUSED = "channel.guard.refused";

    /** How often connections, or attempts at one, were left for new ones. */
    public static final String RECONNECTS = "channel.guard.reconnects";

    /** How many probes there were. */
    public static final String PROBES = "channel.guard.probes";

    private final MeterRegistry registry;
    private final Map<String, Set<GuardedChannel>> channels = new ConcurrentHashMap<>();

    /**
     * Counts there.
     *
     * @param registry of the application
     */
    public GuardMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void started(GuardedChannel channel) {
        channels.computeIfAbsent(channel.name(), this::register).add(channel);
    }

    private Set<GuardedChannel> register(String name) {
        // A channel that nobody has any more, though nobody shut it down, may go.
        Set<GuardedChannel> known = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
        for (GuardState state : GuardState.values()) {
            Gauge.builder(STATE, known, set -> count(set, state))
                    .description("Guarded channels by what their guard knows of the far side")
                    .tag("name", name)
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .strongReference(true)
                    .register(registry);
        }
        return known;
    }

    private static long count(Set<GuardedChannel> channels, GuardState state) {
        synchronized (channels) {
            return channels.stream()
                    .filter(channel -> channel.guardState() == state)
                    .count();
        }
    }

    @Override
    public void changed(GuardedChannel channel, GuardState from, GuardState to, String reason) {
        if (from == GuardState.CLOSED) {
            counter(ABSENCES, "Times that the far side was found away", channel).increment();
        }
    }

    @Override
    public void refused(GuardedChannel channel) {
        counter(REFUSED, "Calls failed at once, unsent, because the far side is away", channel)
                .increment();
    }

    @Override
    public void reconnecting(GuardedChannel channel, String reason) {
        counter(RECONNECTS, "Connections and attempts at one that were left for new ones", channel)
                .increment();
    }

    @Override
    public void probed(GuardedChannel channel, Status status) {
        Counter.builder(PROBES)
                .description("Questions whether the far side is there, by the status that they ended with")
                .tag("name", channel.name())
                .tag("code", status.getCode().name())
                .register(registry)
                .increment();
    }

    @Override
    public void stopped(GuardedChannel channel) {
        Set<GuardedChannel> known = channels.get(channel.name());
        if (known != null) {
            known.remove(channel);
        }
    }

    private Counter counter(String meter, String description, GuardedChannel channel) {
        return Counter.builder(meter)
                .description(description)
                .tag("name", channel.name())
                .register(registry);
    }
}
