package dev.databasetraffic.channelguard;

import dev.databasetraffic.channelguard.TroubledWire.Trouble;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** One sequence of troubles, the same for the same seed, and what is to be complained of. */
final class RandomOutages {

    private static final Duration BACK_WITHIN = Duration.ofSeconds(1);
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(10);
    private static final long IN_TROUBLE_MILLIS = 250;
    private static final long ALL_WELL_MILLIS = 5000;
    private static final int CALLS_WHILE_WELL = 30;

    /** Everything shorter than by default, so that a sequence is short. */
    static final GuardSettings SETTINGS = new GuardSettings(
            Duration.ofMillis(20),
            Duration.ofMillis(300),
            Duration.ofMillis(300),
            Duration.ofMillis(50),
            Duration.ofMillis(300),
            Duration.ofMinutes(1));

    /** What may happen; the last two, that a server leaves for another, and that the name does. */
    private enum Event {
        REFUSED,
        RESET,
        HANGING,
        FROZEN,
        SLOW,
        GOAWAY,
        NAME_CHANGES
    }

    /**
     * What came of it.
     *
     * @param back how long after each trouble's end the first call succeeded
     * @param broken what must not be on any machine
     * @param late what must not be where the far side is well, which on a machine that stands still it is not
     */
    record Result(long seed, List<String> events, List<Duration> back, List<String> broken, List<String> late) {

        boolean isGood() {
            return broken.isEmpty() && late.isEmpty();
        }
    }

    private final long began = System.nanoTime();
    private final long seed;
    private final Random random;
    private final AtomicInteger asking = new AtomicInteger();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<String> broken = new CopyOnWriteArrayList<>();
    private final List<String> late = new CopyOnWriteArrayList<>();
    private final List<Duration> back = new ArrayList<>();
    private final List<TroubledWire> wires = new ArrayList<>();
    private LoopbackServer server = new LoopbackServer();
    private TroubledWire wire = newWire();
    private final String target = Names.target(wire.port());
    private final GuardedChannel channel = ChannelGuard.builder()
            .settings(SETTINGS)
            .probe((asked, deadline) -> {
                if (asking.incrementAndGet() > 1) {
                    broken.add("two probes at a time");
                }
                return Probe.healthCheck()
                        .ask(asked, deadline)
                        .whenComplete((end, failure) -> asking.decrementAndGet());
            })
            .listener(new GuardListener() {
                @Override
                public void changed(GuardedChannel changed, GuardState from, GuardState to, String reason) {
                    note(from + ">" + to + " " + reason);
                }

                @Override
                public void reconnecting(GuardedChannel left, String reason) {
                    note("reconnecting: " + reason);
                }

                @Override
                public void probed(GuardedChannel probed, Status status) {
                    note("probed " + status.getCode());
                }
            })
            .build()
            .guard(Grpc.newChannelBuilder(target, InsecureChannelCredentials.create()))
            .build();

    RandomOutages(long seed) {
        this.seed = seed;
        this.random = new Random(seed);
    }

    Result run() throws IOException, InterruptedException {
        try {
            // The first connection is made by a cold JVM.
            comesBack(GIVE_UP_AFTER);
            staysWell();
            back.clear();
            int troubles = 1 + random.nextInt(3);
            for (int i = 0; i < troubles; i++) {
                happens(Event.values()[random.nextInt(Event.values().length)]);
                comesBack(BACK_WITHIN);
                staysWell();
            }
        } finally {
            end();
        }
        return new Result(seed, events, back, broken, late);
    }

    private void happens(Event event) {
        note("-- " + event);
        switch (event) {
            case GOAWAY -> {
                LoopbackServer old = server;
                server = new LoopbackServer();
                wires.forEach(all -> all.retarget(server.port()));
                old.leave();
                // Nobody need notice.
                staysWell();
                old.close();
            }
            case NAME_CHANGES -> {
                TroubledWire old = wire;
                wire = newWire();
                old.inject(List.of(Trouble.REFUSED, Trouble.HANGING, Trouble.FROZEN, Trouble.RESET)
                        .get(random.nextInt(4)));
                callInTrouble();
                Names.change(target, wire.port());
            }
            case REFUSED, RESET, HANGING, FROZEN, SLOW -> {
                wire.inject(Trouble.valueOf(event.name()));
                callInTrouble();
                wire.restore();
            }
        }
        note("-- ended");
    }

    private void callInTrouble() {
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(800));
        while (System.nanoTime() - until < 0) {
            LoopbackServer.echo(channel, IN_TROUBLE_MILLIS);
            pause();
        }
    }

    private void comesBack(Duration limit) {
        long ended = System.nanoTime();
        Status last = Status.OK;
        do {
            if (System.nanoTime() - ended > GIVE_UP_AFTER.toNanos()) {
                late.add("not back at all: " + last);
                return;
            }
            pause();
            last = LoopbackServer.echo(channel, IN_TROUBLE_MILLIS);
        } while (!last.isOk());
        Duration took = Duration.ofNanos(System.nanoTime() - ended);
        back.add(took);
        note("back");
        if (took.compareTo(limit) > 0) {
            late.add("back after " + took.toMillis() + " ms only");
        }
    }

    private void staysWell() {
        for (int i = 0; i < CALLS_WHILE_WELL; i++) {
            Status status = LoopbackServer.echo(channel, ALL_WELL_MILLIS);
            if (!status.isOk()) {
                note("failed: " + status);
                late.add("failed while all was well: " + status);
            }
            pause();
        }
    }

    private void end() throws IOException, InterruptedException {
        channel.shutdownNow();
        if (!channel.awaitTermination(5, TimeUnit.SECONDS)) {
            broken.add("the channel does not end");
        }
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (wires.stream().mapToInt(TroubledWire::open).sum() > 0) {
            if (System.nanoTime() - until > 0) {
                broken.add("connections are left open");
                break;
            }
            pause();
        }
        for (TroubledWire each : wires) {
            each.close();
        }
        server.close();
    }

    private void note(String event) {
        events.add((System.nanoTime() - began) / 1_000_000 + " ms: " + event);
    }

    private TroubledWire newWire() {
        TroubledWire created = new TroubledWire(server.port());
        wires.add(created);
        return created;
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
    }
}
