package dev.databasetraffic.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class ListenersTests {

    @Test
    void aSwitchChangesNewConnectionsAndLeavesOpenOnesTheBehaviourTheyMet() throws Exception {
        try (RunningListeners listeners = RunningListeners.with();
                Peer before = listeners.connectTo(Behaviour.ECHO)) {
            assertThat(before.send("1").receiveText(1)).isEqualTo("1");

            listeners.listener(Behaviour.ECHO).switchTo(Behaviour.RESET);
            try (Peer after = listeners.connectTo(Behaviour.ECHO)) {
                after.send("2").receivesReset();
            }
            assertThat(before.send("3").receiveText(1)).isEqualTo("3");

            listeners.listener(Behaviour.ECHO).switchTo(Behaviour.ECHO);
            try (Peer again = listeners.connectTo(Behaviour.ECHO)) {
                assertThat(again.send("4").receiveText(1)).isEqualTo("4");
            }
            assertThat(listeners.measured(ConnectionMetrics.CONNECTIONS, "listener", "echo", "behaviour", "reset"))
                    .isEqualTo(1);
            assertThat(listeners.measured(ConnectionMetrics.CONNECTIONS, "listener", "echo", "behaviour", "echo"))
                    .isEqualTo(2);
        }
    }

    @Test
    void aStopAnswersWhatWasReadThenEndsConnectionsAndTakesNoMore() throws Exception {
        RunningListeners listeners = RunningListeners.with("slow.drip=1B", "slow.interval=50ms", "shutdown-grace=10s");
        int port = listeners.listener(Behaviour.ECHO).port();
        try (Peer idle = listeners.connectTo(Behaviour.SILENT);
                Peer slow = listeners.connectTo(Behaviour.SLOW)) {
            slow.send("answer");
            assertThat(slow.receiveText(1)).isEqualTo("a");

            listeners.stop();

            assertThat(slow.receiveText(5)).isEqualTo("nswer");
            slow.receivesFin();
            idle.receivesFin();
            assertThat(listeners.measured(ConnectionMetrics.DURATION, "end", "shutdown"))
                    .isEqualTo(2);
            assertThatThrownBy(() -> Peer.connectTo(port)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void aStopWaitsNoLongerThanItsGraceForAPeerThatNeverReads() throws Exception {
        RunningListeners listeners = RunningListeners.with("shutdown-grace=300ms");
        try (SocketChannel peer = SocketChannel.open(new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                listeners.listener(Behaviour.ECHO).port()))) {
            peer.configureBlocking(false);
            ByteBuffer flood = ByteBuffer.allocate(65_536);
            await().atMost(Duration.ofSeconds(20))
                    .during(Duration.ofMillis(300))
                    .until(() -> peer.write(flood.rewind()) == 0);

            long start = System.nanoTime();
            listeners.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(300), Duration.ofSeconds(3));
            assertThat(listeners.measured(ConnectionMetrics.ACTIVE)).isZero();
        }
    }

    @Test
    void aPortThatIsTakenIsNamedAndNothingStaysBound() throws Exception {
        int free;
        try (ServerSocket anyone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = anyone.getLocalPort();
        }
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> RunningListeners.with(
                            "listeners.echo.port=" + free, "listeners.silent.port=" + other.getLocalPort()))
                    .isInstanceOf(ListenerBindException.class)
                    .hasMessageContaining("listener silent")
                    .hasMessageContaining(String.valueOf(other.getLocalPort()));
        }
        assertThatThrownBy(() -> Peer.connectTo(free)).isInstanceOf(ConnectException.class);
    }
}
