package dev.databasetraffic.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLProtocolException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class EchoBehaviourTests {

    private RunningListeners listeners;

    @BeforeEach
    void start() {
        listeners = RunningListeners.with("limits.read-buffer=4KB");
    }

    @AfterEach
    void stop() {
        listeners.close();
    }

    @Test
    void everyByteComesBackInOrderAndFinFollowsThePeersOwn() throws Exception {
        byte[] sent = new byte[3_000_000];
        new Random(1).nextBytes(sent);

        try (Peer peer = listeners.connectTo(Behaviour.ECHO)) {
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                try {
                    peer.send(sent).finish();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(peer.receive(sent.length)).isEqualTo(sent);
            peer.receivesFin();
            sending.get();
        }
    }

    @Test
    void singleBytesComeBackWithoutWaitingForMore() throws Exception {
        try (Peer peer = listeners.connectTo(Behaviour.ECHO)) {
            for (String letter : List.of("\26", "\3", "\1")) {
                assertThat(peer.send(letter).receiveText(1)).isEqualTo(letter);
            }
        }
    }

    @Test
    void aTlsClientFailsItsHandshakeOnItsOwnClientHello() throws Exception {
        try (SSLSocket client = (SSLSocket) SSLContext.getDefault()
                .getSocketFactory()
                .createSocket(
                        InetAddress.getLoopbackAddress(),
                        listeners.listener(Behaviour.ECHO).port())) {
            assertThatThrownBy(client::startHandshake)
                    .isInstanceOf(SSLProtocolException.class)
                    .hasMessageContaining("client_hello");
        }
    }

    @Test
    void aPeerThatNeverReadsIsReadFromNoMore() throws Exception {
        try (SocketChannel peer = SocketChannel.open(new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                listeners.listener(Behaviour.ECHO).port()))) {
            peer.configureBlocking(false);
            ByteBuffer flood = ByteBuffer.allocate(65_536);
            // Nothing more fits into the sockets' buffers of both sides.
            await().atMost(Duration.ofSeconds(20))
                    .during(Duration.ofMillis(500))
                    .until(() -> peer.write(flood.rewind()) == 0);

            double heldInMemory =
                    listeners.measured(ConnectionMetrics.RECEIVED) - listeners.measured(ConnectionMetrics.SENT);
            assertThat(heldInMemory).isBetween(1.0, 4096.0);
        }
        await().untilAsserted(() -> assertThat(listeners.measured(ConnectionMetrics.DURATION, "end", "peer-reset"))
                .isEqualTo(1));
    }
}
