package dev.databasetraffic.channelguard;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sees how calls fare, and grows suspicious when they fare as if the far side did not answer.
 *
 * <p>Following a call costs an object or two, so that only the first few after each look at the channel are followed: all
 * where there are few, some of all the time where there are many.
 */
final class Witness extends ClientStreamTracer.Factory {

    private static final int FOLLOWED_PER_LOOK = 4;

    /** So that calls that never end are not followed without end. */
    private static final int MOST_OUTSTANDING = 64;

    private final long patience;
    private final LongSupplier nanoTime;
    private final AtomicInteger budget = new AtomicInteger();
    private final Set<Attempt> outstanding = ConcurrentHashMap.newKeySet();
    private final Silences silences = new Silences();
    private volatile LongConsumer onAnswer = sent -> {};
    private volatile long lastAnswer;
    private volatile long lastLeft;
    private volatile boolean suspicious;

    /** When a call began that was given up before it was answered; null for none since the last answer. */
    private final AtomicReference<@Nullable Long> givenUp = new AtomicReference<>();

    /**
     * @param patience nanoseconds that an attempt may go unanswered, and all others too, without suspicion
     * @param nanoTime as {@link System#nanoTime()}
     */
    Witness(long patience, LongSupplier nanoTime) {
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.lastAnswer = nanoTime.getAsLong();
        this.lastLeft = lastAnswer;
    }

    /** Calls that, in the transport's thread, with {@link System#nanoTime()} of when what is answered was sent. */
    void onAnswer(LongConsumer listener) {
        onAnswer = listener;
    }

    /** Adds what follows the call, if this one is to be followed. */
    CallOptions follow(CallOptions options) {
        return budget.get() > 0 && budget.getAndDecrement() > 0 ? options.withStreamTracerFactory(this) : options;
    }

    /** Looks at what was followed, and has more followed. */
    void look(long now) {
        for (Attempt attempt : outstanding) {
            if (now - attempt.began > patience) {
                // Once for each: it may be a stream that has nothing to say, and others are to be followed.
                outstanding.remove(attempt);
                suspicious |= isSilentSince(attempt.began);
            }
        }
        Long began = givenUp.get();
        if (began != null && (now - began > patience || !isSilentSince(began))) {
            givenUp.compareAndSet(began, null);
            suspicious |= isSilentSince(began);
        }
        budget.set(outstanding.size() < MOST_OUTSTANDING ? FOLLOWED_PER_LOOK : 0);
    }

    /** Whether there is reason to ask the far side whether it is there. */
    boolean isSuspicious() {
        return suspicious;
    }

    void clear() {
        suspicious = false;
    }

    /** Whether one of several connections seems to be open and dead; asking forgets it. */
    boolean takeDeaf() {
        return silences.takeDeaf();
    }

    /** Takes note that all connections were left; what happens on them tells nothing any more. */
    void left(long moment) {
        lastLeft = moment;
        outstanding.clear();
        givenUp.set(null);
        silences.clear();
    }

    /** Whether no answer came since that {@link System#nanoTime()}. */
    boolean isSilentSince(long moment) {
        return lastAnswer - moment < 0;
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        Deadline own = info.getCallOptions().getDeadline();
        Deadline inherited = Context.current().getDeadline();
        return new Attempt(own == null || (inherited != null && inherited.isBefore(own)) ? inherited : own);
    }

    private final class Attempt extends ClientStreamTracer {

        private final long began = nanoTime.getAsLong();
        private final @Nullable Deadline deadline;
        private volatile long sent;
        private volatile Attributes connection = Attributes.EMPTY;
        private boolean ending;

        Attempt(@Nullable Deadline deadline) {
            this.deadline = deadline;
        }

        @Override
        public void streamCreated(Attributes transport, Metadata headers) {
            connection = transport;
            sent = nanoTime.getAsLong();
            outstanding.add(this);
        }

        @Override
        public void inboundHeaders(Metadata headers) {
            answered();
        }

        @Override
        public void inboundTrailers(Metadata trailers) {
            ending = true;
        }

        @Override
        public void streamClosed(Status status) {
            outstanding.remove(this);
            // That nobody is there is told by proxies, and by servers that are about to leave.
            boolean isThere = status.getCode() != Status.Code.UNAVAILABLE;
            if (ending && isThere) {
                answered();
            } else if (began - lastLeft >= 0) {
                unanswered(status, isThere);
            }
        }

        /** An attempt of a call that may be retried ends as cancelled when the deadline of the call ends it. */
        private boolean isOutOfTime(Status status) {
            return switch (status.getCode()) {
                case DEADLINE_EXCEEDED -> true;
                case CANCELLED -> deadline != null && deadline.isExpired();
                default -> false;
            };
        }

        private void answered() {
            outstanding.remove(this);
            lastAnswer = nanoTime.getAsLong();
            silences.answered(connection, lastAnswer);
            onAnswer.accept(sent);
        }

        private void unanswered(Status status, boolean isThere) {
            if (isThere && !isOutOfTime(status)) {
                if (status.getCode() == Status.Code.CANCELLED) {
                    givenUp.compareAndSet(null, began);
                }
            } else if (isSilentSince(began)) {
                suspicious = true;
            } else if (isThere) {
                silences.outOfTime(connection, began);
            }
        }
    }
}
