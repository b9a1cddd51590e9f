package dev.databasetraffic.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResetBehaviourTests {

    @Test
    void theConnectionStandsUntilThePeersFirstBytesAndIsThenReset() throws Exception {
        try (RunningListeners listeners = RunningListeners.with();
                Peer peer = listeners.connectTo(Behaviour.RESET)) {
            peer.receivesNothingFor(Duration.ofMillis(300));

            peer.send("GET / HTTP/1.1\r\n").receivesReset();

            await().untilAsserted(() -> assertThat(
                            listeners.measured(ConnectionMetrics.DURATION, "end", "behaviour", "first", "http/1"))
                    .isEqualTo(1));
            assertThat(listeners.measured(ConnectionMetrics.SENT)).isZero();
        }
    }

    @Test
    void aPeerThatLeavesWithoutAByteGetsFin() throws Exception {
        try (RunningListeners listeners = RunningListeners.with();
                Peer peer = listeners.connectTo(Behaviour.RESET)) {
            peer.finish().receivesFin();
        }
    }
}
