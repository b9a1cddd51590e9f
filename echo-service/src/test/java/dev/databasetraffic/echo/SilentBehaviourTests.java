package dev.databasetraffic.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SilentBehaviourTests {

    @Test
    void everyByteIsTakenAndNoneComesBackUntilThePeerEndsTheConnection() throws Exception {
        int length = 1_000_000;
        try (RunningListeners listeners = RunningListeners.with();
                Peer peer = listeners.connectTo(Behaviour.SILENT)) {
            peer.send(new byte[length]);
            await().untilAsserted(() ->
                    assertThat(listeners.measured(ConnectionMetrics.RECEIVED)).isEqualTo(length));
            peer.receivesNothingFor(Duration.ofMillis(500));

            peer.finish().receivesFin();
            assertThat(listeners.measured(ConnectionMetrics.SENT)).isZero();
        }
    }
}
