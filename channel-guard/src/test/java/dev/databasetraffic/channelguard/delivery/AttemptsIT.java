package dev.databasetraffic.channelguard.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.util.concurrent.Uninterruptibles;
import dev.databasetraffic.channelguard.LoopbackServer;
import dev.databasetraffic.channelguard.TroubledWire;
import dev.databasetraffic.channelguard.TroubledWire.Trouble;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ClientStreamTracer;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real connection, what a call may have done and how often it was made. */
class AttemptsIT {

    /** More than the waits between five attempts may take. */
    private static final Duration DEADLINE = Duration.ofMillis(1500);

    private final LoopbackServer server = new LoopbackServer();
    private final TroubledWire wire = new TroubledWire(server.port());
    private final ManagedChannel channel = Grpc.newChannelBuilderForAddress(
                    "127.0.0.1", wire.port(), InsecureChannelCredentials.create())
            .disableServiceConfigLookUp()
            .defaultServiceConfig(
                    RetryConfig.unavailable("test.Service").within(DEADLINE).toServiceConfig())
            .build();
    private Attempts attempts = new Attempts();

    @BeforeEach
    void healthy() {
        await().until(() -> LoopbackServer.echo(channel, 1000).isOk());
        server.takeCalls();
    }

    @AfterEach
    void stop() throws Exception {
        channel.shutdownNow();
        wire.close();
        server.close();
    }

    @Test
    void aCallThatFoundNoConnectionWasNotSent() {
        wire.inject(Trouble.REFUSED);
        await().until(() -> !LoopbackServer.echo(channel, 1000).isOk());
        assertThat(call(LoopbackServer.ECHO).join().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(attempts.delivery()).isEqualTo(Delivery.NOT_SENT);
        assertThat(server.takeCalls()).isZero();
    }

    @Test
    void aCallWhoseConnectionBreaksMayHaveDoneAnything() {
        CompletableFuture<Status> end = call(LoopbackServer.NEVER);
        await().until(() -> attempts.delivery() == Delivery.SENT_UNKNOWN);
        wire.inject(Trouble.RESET);
        assertThat(end.join().isOk()).isFalse();
        assertThat(attempts.delivery()).isEqualTo(Delivery.SENT_UNKNOWN);
    }

    @Test
    void aCallThatNobodyAnsweredInTimeMayHaveDoneAnything() {
        long began = System.nanoTime();
        assertThat(call(LoopbackServer.NEVER).join().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(DEADLINE.minusMillis(10), DEADLINE.plusSeconds(1));
        assertThat(attempts.delivery()).isEqualTo(Delivery.SENT_UNKNOWN);
    }

    @Test
    void aRefusalByTheFarSideIsAnAnswer() {
        server.answerNext(Status.FAILED_PRECONDITION);
        assertThat(call(LoopbackServer.ECHO).join().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(attempts.delivery()).isEqualTo(Delivery.ANSWERED);
    }

    @Test
    void anAnswerThatTellsNothingIsNone() {
        server.answerNext(Status.INTERNAL);
        assertThat(call(LoopbackServer.ECHO).join().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(attempts.delivery()).isEqualTo(Delivery.SENT_UNKNOWN);
        assertThat(server.takeCalls()).isEqualTo(1);
    }

    @Test
    void whatIsTooLargeToBeReadWasAnsweredButNotRead() {
        CallOptions small = CallOptions.DEFAULT.withMaxInboundMessageSize(1);
        Channel followed = ClientInterceptors.intercept(channel, attempts);
        Status end = LoopbackServer.call(followed, LoopbackServer.ECHO, small).join();
        assertThat(end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(attempts.delivery()).as("it was carried out").isEqualTo(Delivery.SENT_UNKNOWN);
    }

    @Test
    void anAnswerThatComesWhileTheCallerGivesUpIsNoRefusal() {
        // Now and then the answer's end is still on its way, and the call is cut off before it.
        await().until(this::isAnsweredWhileTheCallerGivesUp);
        assertThat(attempts.delivery()).as("it was carried out").isEqualTo(Delivery.SENT_UNKNOWN);
    }

    private boolean isAnsweredWhileTheCallerGivesUp() throws Exception {
        HeldAnswer held = new HeldAnswer();
        attempts = new Attempts();
        Context.CancellableContext caller = Context.current().withCancellation();
        CompletableFuture<Status> end = caller.call(() -> LoopbackServer.call(
                ClientInterceptors.intercept(channel, attempts),
                LoopbackServer.ECHO,
                CallOptions.DEFAULT.withStreamTracerFactory(held)));
        held.arrived.await();
        caller.cancel(null);
        held.callerGone.countDown();
        assertThat(end.join().getCode()).isEqualTo(Status.Code.CANCELLED);
        return held.end.join().isOk();
    }

    /** Holds the thread that brings an answer, as a machine that is short of time does, until the caller has given up. */
    private static final class HeldAnswer extends ClientStreamTracer.Factory {

        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch callerGone = new CountDownLatch(1);
        private final CompletableFuture<Status> end = new CompletableFuture<>();

        @Override
        public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
            return new ClientStreamTracer() {

                @Override
                public void inboundHeaders(Metadata headers) {
                    arrived.countDown();
                    Uninterruptibles.awaitUninterruptibly(callerGone);
                }

                @Override
                public void streamClosed(Status status) {
                    end.complete(status);
                }
            };
        }
    }

    @Test
    void aRepetitionThatIsRefusedLeavesOpenWhatTheFirstDid() {
        server.answerNext(Status.UNAVAILABLE, Status.ALREADY_EXISTS);
        assertThat(call(LoopbackServer.ECHO).join().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(server.takeCalls()).isEqualTo(2);
        assertThat(attempts.earlier()).isEqualTo(Delivery.SENT_UNKNOWN);
        assertThat(attempts.delivery()).isEqualTo(Delivery.SENT_UNKNOWN);
    }

    @Test
    void fiveAttemptsAreMadeAndNoMore() {
        server.answerNext(
                Status.UNAVAILABLE,
                Status.UNAVAILABLE,
                Status.UNAVAILABLE,
                Status.UNAVAILABLE,
                Status.UNAVAILABLE.withDescription("fifth"));
        Status end = LoopbackServer.call(
                        ClientInterceptors.intercept(channel, attempts), LoopbackServer.ECHO, CallOptions.DEFAULT)
                .join();
        assertThat(end.getDescription()).isEqualTo("fifth");
        assertThat(server.takeCalls()).isEqualTo(5);
    }

    private CompletableFuture<Status> call(MethodDescriptor<String, String> method) {
        return LoopbackServer.call(ClientInterceptors.intercept(channel, attempts), method, CallOptions.DEFAULT);
    }
}
