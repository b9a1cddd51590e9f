package dev.databasetraffic.channelguard.delivery;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows the attempts of one call, retries and hedges included, so that "not written" is said only when it is sure.
 *
 * <pre>{@code
 * Attempts attempts = new Attempts();
 * try {
 *     stub.withInterceptors(attempts).write(request);
 * } catch (StatusRuntimeException e) {
 *     if (attempts.delivery() == Delivery.NOT_SENT) …
 * }
 * }</pre>
 *
 * <p>Where there are {@link CallOptions} at hand, {@link CallOptions#withStreamTracerFactory} does as well.
 *
 * <p>gRPC tells a tracer {@code streamCreated} when an attempt gets a stream on a connected transport; before that, an
 * attempt waits in the channel and has sent nothing. Of gRPC's own, transparent retries of what the server never
 * processed, only the last counts. For one call; may be asked by any thread, once the call has ended.
 */
public final class Attempts extends ClientStreamTracer.Factory implements ClientInterceptor {

    private final List<Attempt> attempts = new ArrayList<>(1);

    /** Follows nothing yet. */
    public Attempts() {}

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return next.newCall(method, options.withStreamTracerFactory(this));
    }

    @Override
    public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
        Attempt attempt = new Attempt();
        synchronized (attempts) {
            // Of hedges, which run side by side, nobody says which one it repeats.
            if (info.isTransparentRetry() && !info.isHedging() && !attempts.isEmpty()) {
                attempts.remove(attempts.size() - 1);
            }
            attempts.add(attempt);
        }
        return attempt;
    }

    /**
     * What the call as a whole may have done, if it did not succeed.
     *
     * <p>An attempt may have been answered {@code OK} all the same: when its answer was on its way through this side, the
     * deadline passed or the caller gave up. Then nobody was told what it said, but surely not that nothing was done.
     *
     * @return the least certain of all attempts
     */
    public Delivery delivery() {
        synchronized (attempts) {
            return of(attempts);
        }
    }

    /**
     * What all attempts but the last may have done: if the last was answered that something is there already, whether
     * an earlier one may have put it there.
     *
     * @return the least certain of them; {@link Delivery#NOT_SENT} if there was one attempt or none
     */
    public Delivery earlier() {
        synchronized (attempts) {
            return of(attempts.subList(0, Math.max(0, attempts.size() - 1)));
        }
    }

    private static Delivery of(List<Attempt> attempts) {
        Delivery all = Delivery.NOT_SENT;
        for (Attempt attempt : attempts) {
            Delivery one = attempt.delivery();
            if (one == Delivery.SENT_UNKNOWN) {
                return one;
            }
            all = one == Delivery.ANSWERED ? one : all;
        }
        return all;
    }

    private static final class Attempt extends ClientStreamTracer {

        private volatile boolean sent;
        private volatile boolean answered;
        private volatile @Nullable Status end;

        @Override
        public void streamCreated(Attributes transport, Metadata headers) {
            sent = true;
        }

        @Override
        public void inboundTrailers(Metadata trailers) {
            // Without them, a status is this side's opinion: of an answer that was too large, or of a proxy's page.
            answered = true;
        }

        @Override
        public void streamClosed(Status status) {
            end = status;
        }

        Delivery delivery() {
            Status status = end;
            if (!sent) {
                return Delivery.NOT_SENT;
            }
            return answered && status != null && !status.isOk() && Delivery.isDefinite(status.getCode())
                    ? Delivery.ANSWERED
                    : Delivery.SENT_UNKNOWN;
        }
    }
}
