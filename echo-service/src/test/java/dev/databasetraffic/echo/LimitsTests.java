package dev.databasetraffic.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitsTests {

    private static final Duration BOUND = Duration.ofSeconds(5);

    @Test
    void aConnectionBeyondTheMostIsResetAndItsPlaceIsGivenOnceOneEnds() throws Exception {
        try (RunningListeners listeners = RunningListeners.with("limits.connections=2")) {
            try (Peer first = listeners.connectTo(Behaviour.SILENT);
                    Peer second = listeners.connectTo(Behaviour.ECHO)) {
                isServed(second);
                await().until(() -> listeners.measured(ConnectionMetrics.ACTIVE) == 2);
                try (Peer third = listeners.connectTo(Behaviour.ECHO)) {
                    third.receivesReset();
                }
                assertThat(listeners.measured(Listeners.REJECTED, "listener", "echo"))
                        .isEqualTo(1);
                isServed(second);
                first.finish().receivesFin();
                await().until(() -> listeners.measured(ConnectionMetrics.ACTIVE) == 1);
                try (Peer fourth = listeners.connectTo(Behaviour.ECHO)) {
                    isServed(fourth);
                }
            }
            assertThat(listeners.measured(ConnectionMetrics.CONNECTIONS)).isEqualTo(3);
        }
    }

    @Test
    void aPeerGetsBackAsManyBytesAsOneMaySendAndThenTheEnd() throws Exception {
        try (RunningListeners listeners = RunningListeners.with("limits.bytes=5KB", "limits.read-buffer=4KB");
                Peer peer = listeners.connectTo(Behaviour.ECHO)) {
            peer.send(new byte[5000]);
            assertThat(peer.receive(5000)).hasSize(5000);
            peer.send(new byte[1000]);
            assertThat(peer.receive(1000)).hasSize(120);
            ended(listeners, "bytes");
        }
    }

    @Test
    void aFloodIntoSilenceEndsAtTheMostBytes() throws Exception {
        try (RunningListeners listeners = RunningListeners.with("limits.bytes=100KB");
                Peer peer = listeners.connectTo(Behaviour.SILENT)) {
            assertThatThrownBy(() -> {
                        while (true) {
                            peer.send(new byte[65_536]);
                        }
                    })
                    .isInstanceOf(IOException.class);
            ended(listeners, "bytes");
            assertThat(listeners.measured(ConnectionMetrics.RECEIVED)).isBetween(102_400.0, 102_400.0 + 4096);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionOnWhichNothingMovesEndsAfterTheIdleTime(Behaviour behaviour) throws Exception {
        try (RunningListeners listeners = RunningListeners.with("limits.idle=300ms");
                Peer peer = listeners.connectTo(behaviour)) {
            long start = System.nanoTime();
            peer.receivesFin();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(250), BOUND);
            ended(listeners, "idle");
        }
    }

    @Test
    void aConnectionOnWhichMuchMovesEndsAtItsLifetime() throws Exception {
        try (RunningListeners listeners = RunningListeners.with("limits.lifetime=600ms", "limits.idle=10s");
                Peer peer = listeners.connectTo(Behaviour.ECHO)) {
            long start = System.nanoTime();
            isServed(peer);
            await().pollInterval(Duration.ofMillis(20))
                    .atMost(BOUND)
                    .until(() -> peer.send("x").receive(1).length == 0);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(550));
            ended(listeners, "lifetime");
        }
    }

    private static void isServed(Peer peer) throws IOException {
        assertThat(peer.send("hello").receiveText(5)).isEqualTo("hello");
    }

    private static void ended(RunningListeners listeners, String end) {
        await().untilAsserted(() -> assertThat(listeners.measured(ConnectionMetrics.DURATION, "end", end))
                .isEqualTo(1));
        assertThat(listeners.measured(ConnectionMetrics.DURATION)).isEqualTo(1);
        assertThat(listeners.measured(ConnectionMetrics.ACTIVE)).isZero();
    }
}
