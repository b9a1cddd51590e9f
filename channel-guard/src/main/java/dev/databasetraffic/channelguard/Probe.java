package dev.databasetraffic.channelguard;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.CompletionStage;

/**
 * The one cheap call that asks the far side whether it is there.
 *
 * <p>Any answer will do, refusals too: only {@link Status.Code#UNAVAILABLE}, {@link Status.Code#DEADLINE_EXCEEDED} and
 * {@link Status.Code#CANCELLED} mean that it is away. A probe that a channel has never seen answered decides nothing
 * there, so that a far side, or a proxy before it, that does not know the question is none the worse for it.
 */
@FunctionalInterface
public interface Probe {

    /**
     * Asks. A guard has one question under way at a time; one that has not ended 10 s after its deadline is given up.
     *
     * @param channel to ask on; not guarded, or it would refuse
     * @param deadline by which the call must end
     * @return completed with the status that the call ended with, in any thread
     */
    CompletionStage<Status> ask(Channel channel, Deadline deadline);

    /**
     * gRPC's health check of the server as a whole. Servers that do not offer it answer {@link Status.Code#UNIMPLEMENTED},
     * which is an answer.
     *
     * @return the probe that guards use unless told otherwise
     * @see <a href="https://grpc.io/docs/guides/health-checking/">Health checking</a>
     */
    static Probe healthCheck() {
        return UnaryProbe.HEALTH_CHECK;
    }

    /**
     * A call of one's own, for a far side that must see credentials or answers the health check for another.
     *
     * @param <Q> what the method takes
     * @param method a unary method
     * @param request that costs the far side little and changes nothing there
     * @param options such as call credentials; the deadline is the guard's
     * @return a probe that makes this call
     */
    static <Q> Probe unary(MethodDescriptor<Q, ?> method, Q request, CallOptions options) {
        return new UnaryProbe<>(method, request, options);
    }
}
