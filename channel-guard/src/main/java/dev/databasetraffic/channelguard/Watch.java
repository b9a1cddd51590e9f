package dev.databasetraffic.channelguard;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Looks at one channel now and then, and does what gRPC leaves to chance: has it connect without waiting for its back-off,
 * gives up attempts that hang, leaves connections that do not answer, and lets calls pass again once the far side does.
 *
 * <p>A call that fails is a suspicion and no more. What opens the circuit is that no connection can be made, or none in
 * time, or that the probe goes unanswered.
 */
final class Watch {

    private final ManagedChannel channel;
    private final GuardSettings settings;
    private final Circuit circuit;
    private final Witness witness;
    private final Inquiry inquiry;
    private final ConnectAttempt attempt;
    private final Reporter reporter;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final Standstill standstill;

    private long lastWanted;
    private long nextRetry;
    private boolean connected;

    /**
     * @param channel not guarded
     * @param executor runs what follows the end of a probe
     * @param nanoTime as {@link System#nanoTime()}
     */
    Watch(
            ManagedChannel channel,
            GuardSettings settings,
            Probe probe,
            Circuit circuit,
            Witness witness,
            Reporter reporter,
            Executor executor,
            LongSupplier nanoTime) {
        this.channel = channel;
        this.settings = settings;
        this.circuit = circuit;
        this.witness = witness;
        this.inquiry = new Inquiry(probe, channel, new Limit(settings.probeTimeout(), false));
        this.attempt = new ConnectAttempt(settings.connectTimeout());
        this.reporter = reporter;
        this.executor = executor;
        this.nanoTime = nanoTime;
        witness.onAnswer(this::answeredCall);
        this.nextRetry = nanoTime.getAsLong();
        this.standstill = new Standstill(settings.interval(), nextRetry);
    }

    /** Looks, and does what is to be done; false once the channel is shut down. */
    synchronized boolean look() {
        long now = nanoTime.getAsLong();
        if (standstill.looked(now)) {
            attempt.forget();
        }
        witness.look(now);
        if (inquiry.overdue(now) != 0) {
            answered(inquiry.overdue(now), Status.DEADLINE_EXCEEDED.withDescription("the probe does not end"));
        }
        boolean resting = isResting(now);
        circuit.rest(resting);
        // A channel that nobody misses may stay idle.
        switch (channel.getState(circuit.absence() != null && !resting)) {
            case READY -> ready(now, resting);
            case CONNECTING -> connecting(now, resting);
            case TRANSIENT_FAILURE -> failing(now, resting);
            case IDLE -> {
                connected = false;
                attempt.forget();
            }
            case SHUTDOWN -> {
                return false;
            }
        }
        return true;
    }

    private void ready(long now, boolean resting) {
        boolean isNew = !connected;
        connected = true;
        if (isNew) {
            attempt.succeeded(now);
        }
        if (inquiry.isUnderWay()) {
            return;
        }
        if (circuit.absence() != null && inquiry.isTrusted()) {
            if (isNew || (!resting && now - nextRetry >= 0)) {
                ask(now, true);
            }
            return;
        }
        // A probe that was never answered decides nothing: then a connection is the return.
        close();
        if (witness.takeDeaf()) {
            reconnect("one of its connections does not answer");
        } else if (witness.isSuspicious() || (isNew && !inquiry.isTrusted())) {
            ask(now, witness.isSuspicious());
        }
    }

    private void connecting(long now, boolean resting) {
        connected = false;
        if (!resting && attempt.isOverdue(now)) {
            open("no connection is made in time");
            reconnect("no connection is made in time");
        }
    }

    private void failing(long now, boolean resting) {
        connected = false;
        open("no connection can be made");
        if (resting) {
            return;
        }
        // An attempt that hangs is still counted as the failure before it, and has no back-off to reset.
        if (attempt.isOverdue(now)) {
            reconnect("no connection is made in time");
        } else if (now - nextRetry >= 0) {
            scheduleRetry(now);
            channel.resetConnectBackoff();
        }
        attempt.failed();
    }

    /** Leaves connections, or attempts at one, to their end and has new ones made, to addresses asked for anew. */
    private void reconnect(String reason) {
        attempt.forget();
        connected = false;
        reporter.reconnecting(reason);
        witness.left(nanoTime.getAsLong());
        AddressRotation.advance(channel.authority());
        channel.enterIdle();
        channel.getState(true);
    }

    private void ask(long now, boolean suspected) {
        scheduleRetry(now);
        if (circuit.asking(true)) {
            reporter.changed(GuardState.OPEN, GuardState.HALF_OPEN, "there is a connection, and the far side is asked");
        }
        inquiry.ask(now, suspected, (number, status) -> execute(() -> answered(number, status)));
    }

    private synchronized void answered(long number, Status status) {
        if (!inquiry.end(number)) {
            return;
        }
        reporter.probed(status);
        long now = nanoTime.getAsLong();
        switch (status.getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED -> unanswered(now, status);
            default -> {
                inquiry.answered(now);
                witness.clear();
                Absence absence = circuit.absence();
                // The answer to an older question may be the last that came through.
                if (absence != null && inquiry.askedAt() - absence.since() >= 0) {
                    close();
                }
            }
        }
    }

    private void unanswered(long now, Status status) {
        if (circuit.asking(false)) {
            reporter.changed(GuardState.HALF_OPEN, GuardState.OPEN, "the probe ended " + status.getCode());
        }
        if (standstill.since(inquiry.askedAt(), now) || (circuit.absence() == null && !inquiry.wasSuspected())) {
            return;
        }
        witness.clear();
        if (circuit.absence() != null || witness.isSilentSince(inquiry.askedAt())) {
            if (inquiry.isTrusted()) {
                open("a call failed, and so did the probe after it, with " + status.getCode());
            }
            if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
                reconnect("the connection does not answer");
            }
        }
    }

    /**
     * Takes note that a call was answered, before its caller is.
     *
     * @param sent {@link System#nanoTime()} when it was sent
     */
    void answeredCall(long sent) {
        Absence absence = circuit.absence();
        // The answer to what was sent before may be the last that came through.
        if (absence != null && sent - absence.since() > 0) {
            Circuit.Closing closing = circuit.close();
            if (closing != null) {
                execute(() -> reporter.back(closing));
            }
        }
    }

    private void execute(Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException ended) {
            // Nobody is there any more to be told.
        }
    }

    private void open(String reason) {
        Absence absence = new Absence(reason, nanoTime.getAsLong());
        if (circuit.open(absence)) {
            lastWanted = absence.since();
            reporter.away(absence);
        }
    }

    private void close() {
        Circuit.Closing closing = circuit.close();
        if (closing != null) {
            reporter.back(closing);
        }
    }

    private boolean isResting(long now) {
        if (circuit.takeWanted()) {
            lastWanted = now;
        }
        return circuit.absence() != null && now - lastWanted > settings.rest().toNanos();
    }

    private void scheduleRetry(long now) {
        double jitter = ThreadLocalRandom.current().nextDouble(0.8, 1.2);
        nextRetry = now + (long) (settings.retryInterval().toNanos() * jitter);
    }
}
