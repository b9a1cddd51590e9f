package dev.databasetraffic.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowBehaviourTests {

    @Test
    void everyByteComesBackInDripsOfTheSetSizeAndPaceThenFin() throws Exception {
        try (RunningListeners listeners = RunningListeners.with("slow.drip=3B", "slow.interval=100ms");
                Peer peer = listeners.connectTo(Behaviour.SLOW)) {
            long start = System.nanoTime();
            peer.send("0123456789").finish();

            assertThat(peer.receiveText(3)).isEqualTo("012");
            assertThat(elapsedSince(start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
            assertThat(peer.socket().getInputStream().available()).isZero();
            assertThat(peer.receiveText(7)).isEqualTo("3456789");
            assertThat(elapsedSince(start)).isBetween(Duration.ofMillis(400), Duration.ofSeconds(5));
            peer.receivesFin();
        }
    }

    @Test
    void whatAPeerLeavesBehindIsThrownAway() throws Exception {
        try (RunningListeners listeners = RunningListeners.with("slow.drip=1B", "slow.interval=10ms")) {
            try (Peer peer = listeners.connectTo(Behaviour.SLOW)) {
                peer.send(new byte[1000]).receive(1);
                peer.socket().setSoLinger(true, 0);
            }
            await().untilAsserted(() -> assertThat(listeners.measured(ConnectionMetrics.DURATION, "end", "peer-reset"))
                    .isEqualTo(1));
            assertThat(listeners.measured(ConnectionMetrics.ACTIVE)).isZero();
        }
    }

    private static Duration elapsedSince(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
