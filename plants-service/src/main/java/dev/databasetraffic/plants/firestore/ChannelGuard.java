package dev.databasetraffic.plants.firestore;

import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Watches the channel, so that the return from an outage doesn't wait for gRPC's back-off, which grows to two minutes,
 * or for time limits of its own. While Firestore is away it keeps trying to connect, and asks one cheap question at a
 * time once connected.
 */
final class ChannelGuard {

    /** The first connection is made by a cold JVM, and takes several times what the later ones do. */
    private static final int FIRST_CONNECT_FACTOR = 5;

    private final ManagedChannel channel;
    private final Availability availability;
    private final FirestoreProperties.Guard settings;
    private final Function<Deadline, CompletableFuture<?>> probe;

    private @Nullable Long connectingSince;
    private boolean everConnected;
    private @Nullable CompletableFuture<?> probing;

    /** @param probe reads something cheap; its end is reported to {@code availability} by whoever carries it out */
    ChannelGuard(
            ManagedChannel channel,
            Availability availability,
            FirestoreProperties.Guard settings,
            Function<Deadline, CompletableFuture<?>> probe,
            ScheduledExecutorService scheduler) {
        this.channel = channel;
        this.availability = availability;
        this.settings = settings;
        this.probe = probe;
        long interval = settings.interval().toNanos();
        scheduler.scheduleWithFixedDelay(this::look, 0, interval, TimeUnit.NANOSECONDS);
    }

    private void look() {
        switch (channel.getState(true)) {
            case READY -> {
                connectingSince = null;
                everConnected = true;
                if (availability.takeStalled()) {
                    reconnect();
                } else if (availability.away() != null && (probing == null || probing.isDone())) {
                    probing = probe.apply(Deadline.after(settings.probeTimeout().toNanos(), TimeUnit.NANOSECONDS));
                }
            }
            case TRANSIENT_FAILURE -> {
                availability.goAway("no connection can be made");
                // An attempt that hangs is still counted as the failure before it, and has no back-off to reset.
                if (!reconnectIfOverdue()) {
                    channel.resetConnectBackoff();
                }
            }
            case CONNECTING -> {
                if (reconnectIfOverdue()) {
                    availability.goAway("no connection is made in time");
                }
            }
            case IDLE, SHUTDOWN -> connectingSince = null;
        }
    }

    private boolean reconnectIfOverdue() {
        long now = System.nanoTime();
        if (connectingSince == null) {
            connectingSince = now;
        }
        Duration limit = settings.connectTimeout().multipliedBy(everConnected ? 1 : FIRST_CONNECT_FACTOR);
        if (now - connectingSince < limit.toNanos()) {
            return false;
        }
        reconnect();
        return true;
    }

    /** Leaves the connection, or the attempt at one, to its end and makes a new one. */
    private void reconnect() {
        connectingSince = null;
        channel.enterIdle();
        channel.getState(true);
    }
}
