package dev.databasetraffic.channelguard;

import io.grpc.Channel;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/** The question whether the far side is there, one at a time, and whether its answers mean anything. Not synchronized. */
final class Inquiry {

    /**
     * What a probe may take beyond its deadline before it is given up, and another one asked. gRPC's own end by themselves,
     * if late on a machine that is short of time: so long it is one at a time, whatever happens.
     */
    private static final long GRACE = TimeUnit.SECONDS.toNanos(10);

    private final Probe probe;
    private final Channel channel;
    private final Limit limit;
    private long number;
    private boolean underWay;
    private boolean trusted;
    private boolean suspected;
    private long askedAt;
    private long deadline;

    /** @param channel not guarded */
    Inquiry(Probe probe, Channel channel, Limit limit) {
        this.probe = probe;
        this.channel = channel;
        this.limit = limit;
    }

    /**
     * Asks.
     *
     * @param suspected whether something speaks for it that the far side is away
     * @param end called with the number of this question and how it ended, in any thread
     */
    void ask(long now, boolean suspected, BiConsumer<Long, Status> end) {
        this.suspected = suspected;
        underWay = true;
        askedAt = now;
        deadline = now + limit.nanos();
        long asked = ++number;
        CompletionStage<Status> answer;
        try {
            answer = probe.ask(channel, Deadline.after(limit.nanos(), TimeUnit.NANOSECONDS));
        } catch (RuntimeException | Error e) {
            answer = CompletableFuture.failedFuture(e);
        }
        answer.whenComplete((status, failure) -> end.accept(asked, failure == null ? status : status(failure)));
    }

    /** What fails on this side, such as a token that cannot be had, is no answer of the far one. */
    private static Status status(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusException || cause instanceof StatusRuntimeException) {
                return Status.fromThrowable(cause);
            }
            if (cause instanceof TimeoutException) {
                return Status.DEADLINE_EXCEEDED
                        .withDescription("the probe gave up")
                        .withCause(failure);
            }
        }
        return Status.CANCELLED.withDescription("the probe failed by itself").withCause(failure);
    }

    /** Takes note of an end; false if that question was given up before. */
    boolean end(long ended) {
        boolean known = underWay && ended == number;
        underWay &= !known;
        return known;
    }

    /** Takes note of an answer, which shows that the probe is good for something here. */
    void answered(long now) {
        trusted = true;
        limit.took(now - askedAt);
    }

    /** The number of a question that should long have ended; 0 if there is none. */
    long overdue(long now) {
        return underWay && now - deadline > GRACE ? number : 0;
    }

    boolean isUnderWay() {
        return underWay;
    }

    /** Whether it was ever answered. */
    boolean isTrusted() {
        return trusted;
    }

    /** Whether the last question was asked on suspicion. */
    boolean wasSuspected() {
        return suspected;
    }

    /** {@link System#nanoTime()} of the last question. */
    long askedAt() {
        return askedAt;
    }
}
