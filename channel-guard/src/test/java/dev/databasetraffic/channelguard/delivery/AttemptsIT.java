package dev.databasetraffic.channelguard.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.channelguard.LoopbackServer;
import dev.databasetraffic.channelguard.TroubledWire;
import dev.databasetraffic.channelguard.TroubledWire.Trouble;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
    private final Attempts attempts = new Attempts();

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
    void aCallThatSucceedsIsAnswered() {
        assertThat(call(LoopbackServer.ECHO).join().isOk()).isTrue();
        assertThat(attempts.delivery()).isEqualTo(Delivery.ANSWERED);
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
    void aRepetitionThatIsRefusedLeavesOpenWhatTheFirstDid() {
        server.answerNext(Status.UNAVAILABLE, Status.ALREADY_EXISTS);
        assertThat(call(LoopbackServer.ECHO).join().getCode()).isEqualTo(Status.Code.ALREADY_EXISTS);
        assertThat(server.takeCalls()).isEqualTo(2);
        assertThat(attempts.earlier()).isEqualTo(Delivery.SENT_UNKNOWN);
        assertThat(attempts.delivery()).isEqualTo(Delivery.SENT_UNKNOWN);
    }

    @Test
    void aRepetitionThatSucceedsSettlesIt() {
        server.answerNext(Status.UNAVAILABLE);
        assertThat(call(LoopbackServer.ECHO).join().isOk()).isTrue();
        assertThat(attempts.delivery()).isEqualTo(Delivery.ANSWERED);
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
