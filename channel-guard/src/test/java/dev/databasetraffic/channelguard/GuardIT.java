package dev.databasetraffic.channelguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.channelguard.TroubledWire.Trouble;
import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each trouble of a wire, on a real channel and server: healthy, broken, known to be broken, healthy within a second. */
@Execution(ExecutionMode.CONCURRENT)
class GuardIT {

    private static final Duration BACK_WITHIN = Duration.ofSeconds(1);
    private static final Duration KNOWN_WITHIN = Duration.ofSeconds(4);
    private static final long DEADLINE_MILLIS = 1000;

    /** After which gRPC's own back-off is over a second. */
    private static final Duration LONG = Duration.ofSeconds(5);

    private final LoopbackServer server = new LoopbackServer();
    private final TroubledWire wire = new TroubledWire(server.port());
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final List<Status.Code> probes = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final ChannelGuard guard = ChannelGuard.builder()
            .name("Far")
            .listener(new GuardListener() {
                @Override
                public void changed(GuardedChannel channel, GuardState from, GuardState to, String reason) {
                    seen.add(from + ">" + to);
                }

                @Override
                public void refused(GuardedChannel channel) {
                    refused.incrementAndGet();
                }

                @Override
                public void reconnecting(GuardedChannel channel, String reason) {
                    seen.add("reconnecting");
                }

                @Override
                public void probed(GuardedChannel channel, Status status) {
                    probes.add(status.getCode());
                }
            })
            .build();
    private final GuardedChannel channel = guard.guard(toWire()).build();

    private ManagedChannelBuilder<?> toWire() {
        return Grpc.newChannelBuilderForAddress("127.0.0.1", wire.port(), InsecureChannelCredentials.create());
    }

    @AfterEach
    void stop() throws Exception {
        channel.shutdownNow();
        wire.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "RESET", "HANGING", "FROZEN"})
    void whateverTheTroubleItIsKnownThenFailsAtOnceAndIsBackWithinASecond(Trouble trouble) {
        healthy();

        wire.inject(trouble);
        await().atMost(KNOWN_WITHIN)
                .until(() -> !echo().isOk() && channel.absence().isPresent());
        server.takeCalls();
        for (int i = 0; i < 20; i++) {
            long began = System.nanoTime();
            Status status = echo();
            assertThat(status.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
            assertThat(status.getDescription()).contains("not asked");
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(250));
        }
        assertThat(server.takeCalls()).isZero();
        assertThat(refused).hasValueGreaterThanOrEqualTo(20);
        await().during(LONG).atMost(LONG.plusSeconds(2)).until(() -> !echo().isOk());

        wire.restore();
        await().pollInterval(Duration.ofMillis(5)).atMost(BACK_WITHIN).until(() -> echo().isOk());
        for (int i = 0; i < 100; i++) {
            assertThat(echo().isOk()).isTrue();
        }
        assertThat(seen).containsOnlyOnce("CLOSED>OPEN").containsOnlyOnce("HALF_OPEN>CLOSED");
        assertThat(probes).endsWith(Status.Code.UNIMPLEMENTED);
    }

    @Test
    void withoutTheGuardItIsNot() {
        ManagedChannel bare = toWire().build();
        await().until(() -> LoopbackServer.echo(bare, DEADLINE_MILLIS).isOk());
        wire.inject(Trouble.FROZEN);
        assertThat(LoopbackServer.echo(bare, DEADLINE_MILLIS).getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        wire.restore();
        await().during(Duration.ofSeconds(3))
                .atMost(Duration.ofSeconds(5))
                .until(() -> !LoopbackServer.echo(bare, DEADLINE_MILLIS).isOk());
        bare.shutdownNow();
    }

    @Test
    void backOffIsNotWaitedForWhereNothingElseMendsIt() {
        channel.shutdownNow();
        GuardSettings defaults = GuardSettings.defaults();
        GuardSettings patient = new GuardSettings(
                defaults.interval(),
                Duration.ofHours(1),
                defaults.probeTimeout(),
                defaults.retryInterval(),
                defaults.patience(),
                defaults.rest());
        GuardedChannel backingOff =
                ChannelGuard.builder().settings(patient).build().guard(toWire()).build();
        await().until(() -> LoopbackServer.echo(backingOff, DEADLINE_MILLIS).isOk());
        wire.inject(Trouble.REFUSED);
        await().during(LONG)
                .atMost(LONG.plusSeconds(2))
                .until(() -> !LoopbackServer.echo(backingOff, 100).isOk());
        wire.restore();
        await().pollInterval(Duration.ofMillis(5))
                .atMost(BACK_WITHIN)
                .until(() -> LoopbackServer.echo(backingOff, DEADLINE_MILLIS).isOk());
        backingOff.shutdownNow();
    }

    @Test
    void aSilentConnectionIsLeftThoughNoCallHasADeadline() {
        healthy();
        wire.inject(Trouble.FROZEN);
        CompletableFuture<Status> lost = LoopbackServer.call(channel, LoopbackServer.ECHO, CallOptions.DEFAULT);
        wire.restore();
        await().atMost(KNOWN_WITHIN).until(() -> seen.contains("reconnecting"));
        await().atMost(BACK_WITHIN).until(() -> echo().isOk());
        assertThat(lost)
                .as("it may yet be answered, for all that anybody knows")
                .isNotDone();
    }

    @Test
    void aSlowMethodOfAHealthyServerHurtsNobody() {
        healthy();
        List<CompletableFuture<Status>> slow = IntStream.range(0, 20)
                .mapToObj(i -> LoopbackServer.call(
                        channel,
                        LoopbackServer.NEVER,
                        CallOptions.DEFAULT.withDeadlineAfter(100L * i, TimeUnit.MILLISECONDS)))
                .toList();
        while (!slow.stream().allMatch(CompletableFuture::isDone)) {
            assertThat(LoopbackServer.call(
                                    channel,
                                    LoopbackServer.NEVER,
                                    CallOptions.DEFAULT.withDeadlineAfter(50, TimeUnit.MILLISECONDS))
                            .join()
                            .getCode())
                    .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        }
        assertThat(seen).isEmpty();
        assertThat(echo().isOk()).isTrue();
    }

    @Test
    void aServerThatLeavesForAnotherFailsNoCall() {
        healthy();
        try (LoopbackServer next = new LoopbackServer()) {
            wire.retarget(next.port());
            server.leave();
            for (int i = 0; i < 200; i++) {
                assertThat(echo().isOk()).isTrue();
            }
            assertThat(next.takeCalls()).isPositive();
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void aConnectionThatBreaksOnceFailsNoCallAfterIt() {
        healthy();
        wire.inject(Trouble.RESET);
        wire.restore();
        await().atMost(Duration.ofSeconds(1)).until(() -> echo().isOk());
        for (int i = 0; i < 200; i++) {
            assertThat(echo().isOk()).isTrue();
        }
    }

    @Test
    void callsThatWaitForReadinessWaitTheOutageOut() {
        healthy();
        wire.inject(Trouble.REFUSED);
        await().atMost(KNOWN_WITHIN)
                .until(() -> !echo().isOk() && channel.absence().isPresent());
        CompletableFuture<Status> waiting =
                LoopbackServer.call(channel, LoopbackServer.ECHO, CallOptions.DEFAULT.withWaitForReady());
        await().during(Duration.ofSeconds(1)).until(() -> !waiting.isDone());
        wire.restore();
        assertThat(waiting)
                .succeedsWithin(BACK_WITHIN)
                .satisfies(status -> assertThat(status.isOk()).isTrue());
    }

    @Test
    void idleModeIsLeftToTheChannel() {
        channel.shutdownNow();
        GuardedChannel idling =
                guard.guard(toWire().idleTimeout(1, TimeUnit.SECONDS)).build();
        await().until(() -> LoopbackServer.echo(idling, DEADLINE_MILLIS).isOk());
        await().atMost(Duration.ofSeconds(5)).until(() -> idling.getState(false) == ConnectivityState.IDLE);
        await().during(Duration.ofSeconds(1)).until(() -> idling.getState(false) == ConnectivityState.IDLE);
        assertThat(LoopbackServer.echo(idling, DEADLINE_MILLIS).isOk()).isTrue();
        assertThat(seen).isEmpty();
        idling.shutdownNow();
    }

    @Test
    void newConnectionsThatHangHurtNobodyWhoHasOne() {
        healthy();
        wire.inject(Trouble.NEW_HANGING);
        for (int i = 0; i < 100; i++) {
            assertThat(echo().isOk()).isTrue();
        }
        assertThat(seen).isEmpty();
    }

    private void healthy() {
        await().until(() -> echo().isOk());
        assertThat(LoopbackServer.blockingEcho(channel)).isEqualTo("hello");
        // It asks once to know what it is worth to ask.
        await().until(() -> probes.contains(Status.Code.UNIMPLEMENTED));
        assertThat(channel.guardState()).isEqualTo(GuardState.CLOSED);
        probes.clear();
    }

    private Status echo() {
        return LoopbackServer.echo(channel, DEADLINE_MILLIS);
    }
}
