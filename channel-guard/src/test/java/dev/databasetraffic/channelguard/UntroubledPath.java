package dev.databasetraffic.channelguard;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * A bare channel, a wire and a server that nothing is done to: what befalls them is the machine's doing. Where connecting
 * and calling takes too long here, a far side elsewhere was not well either, whatever the test thinks of it.
 */
final class UntroubledPath implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration CALM = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long DEADLINE_MILLIS = 60_000;

    private final long limit;
    private final LoopbackServer server = new LoopbackServer();
    private final TroubledWire wire = new TroubledWire(server.port());
    private final ManagedChannel channel = Grpc.newChannelBuilderForAddress(
                    "127.0.0.1", wire.port(), InsecureChannelCredentials.create())
            .build();
    private final Queue<Slow> slow = new ConcurrentLinkedQueue<>();
    private final Thread caller = new Thread(this::callAgainAndAgain, "untroubled-path");
    private volatile long began = System.nanoTime();
    private volatile boolean closed;

    private record Slow(long began, long ended) {}

    /** @param limit above which connecting and one call are slow */
    UntroubledPath(Duration limit) {
        this.limit = limit.toNanos();
        caller.start();
    }

    private void callAgainAndAgain() {
        while (!closed) {
            began = System.nanoTime();
            LoopbackServer.echo(channel, DEADLINE_MILLIS);
            long ended = System.nanoTime();
            if (ended - began > limit) {
                slow.add(new Slow(began, ended));
            }
            channel.enterIdle();
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Whether a call was slow that began, or ended, or was under way between that {@link System#nanoTime()} and now. */
    boolean wasSlowSince(long moment) {
        return System.nanoTime() - began > limit + PAUSE.toNanos()
                || slow.stream().anyMatch(call -> call.ended - moment >= 0);
    }

    /** Returns when no call has been slow for a while, or it is no use to wait any longer. */
    void awaitCalm() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (wasSlowSince(System.nanoTime() - CALM.toNanos()) && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        closed = true;
        caller.join();
        channel.shutdownNow();
        wire.close();
        server.close();
    }
}
