package dev.databasetraffic.channelguard.boot;

import dev.databasetraffic.channelguard.Absence;
import dev.databasetraffic.channelguard.GuardListener;
import dev.databasetraffic.channelguard.GuardedChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * The far sides of all guarded channels, as health: down while one is away, unknown while none is guarded. Asks nothing of
 * them. It belongs in a group of its own: an instance must not be restarted, or taken out of service, because its database
 * is away.
 */
public final class GuardHealthIndicator implements HealthIndicator, GuardListener {

    private final Set<GuardedChannel> channels =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    GuardHealthIndicator() {}

    @Override
    public void started(GuardedChannel channel) {
        channels.add(channel);
    }

    @Override
    public void stopped(GuardedChannel channel) {
        channels.remove(channel);
    }

    @Override
    public Health health() {
        List<GuardedChannel> known;
        synchronized (channels) {
            known = new ArrayList<>(channels);
        }
        Health.Builder health = known.isEmpty() ? Health.unknown() : Health.up();
        for (GuardedChannel channel : known) {
            channel.absence().ifPresent(absence -> health.down().withDetail(channel.name(), text(absence)));
        }
        return health.build();
    }

    private static String text(Absence absence) {
        return "away for " + absence.lasted().toMillis() + " ms: " + absence.reason();
    }
}
