package dev.databasetraffic.kit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.netty.channel.Channel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpServerTests {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Duration ONE_WAY = Duration.ofMillis(200);

    private ServerSocket target;

    /** Set by each test, or there is nothing to close. */
    @SuppressWarnings("NullAway.Init")
    private TcpServer relay;

    @BeforeEach
    void start() throws IOException {
        target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        target.setSoTimeout(TIMEOUT_MILLIS);
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
        target.close();
    }

    @Test
    void bytesAndEndsPassInBothDirections() throws Exception {
        relay = relaying(server -> {});
        try (Socket client = connect();
                Socket server = target.accept()) {
            assertPasses(client, server);
            client.shutdownOutput();
            assertThat(server.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void aClientIsResetIfItsTargetRefuses() throws Exception {
        relay = relaying(server -> {});
        target.close();

        try (Socket client = connect()) {
            assertThatThrownBy(() -> client.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void aPausedServerRefusesKeepsItsConnectionsAndComesBackAtItsAddress() throws Exception {
        relay = relaying(server -> {});
        InetSocketAddress address = relay.address();
        try (Socket client = connect();
                Socket server = target.accept()) {
            assertPasses(client, server);

            relay.onThread(relay::pause);
            await().untilAsserted(() -> assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class));
            assertPasses(client, server);

            relay.onThread(relay::resume);
            await().ignoreExceptions().untilAsserted(() -> connect().close());
            assertThat(relay.address()).isEqualTo(address);
        }
    }

    @Test
    void whoseAddressIsTakenWhileItPausesSaysSoAndComesBackWhenItIsFree() throws Exception {
        relay = relaying(server -> {});
        InetSocketAddress address = relay.address();
        relay.onThread(relay::pause);
        try (ServerSocket other = new ServerSocket()) {
            await().ignoreExceptions().until(() -> {
                other.bind(address);
                return true;
            });

            relay.onThread(relay::resume);

            assertThatThrownBy(() -> relay.awaitResumed())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on port " + address.getPort() + " again");
        }
        relay.onThread(relay::resume);
        relay.awaitResumed();
        connect().close();
    }

    @Test
    void whatIsDelayedArrivesInOrderAndNoSoonerAndIsNotLostWhenItsSenderEnds() throws Exception {
        relay = relaying(server -> server.pipeline().addFirst(new Delay(ONE_WAY)));
        try (Socket client = connect();
                Socket server = target.accept()) {
            long sent = System.nanoTime();
            client.getOutputStream().write("one ".getBytes(US_ASCII));
            client.getOutputStream().write("two".getBytes(US_ASCII));
            client.close();

            assertThat(server.getInputStream().readAllBytes())
                    .asString(US_ASCII)
                    .isEqualTo("one two");
            assertThat(Duration.ofNanos(System.nanoTime() - sent)).isGreaterThanOrEqualTo(ONE_WAY);
        }
    }

    @Test
    void aPortInUseIsAnErrorThatNamesIt() {
        relay = new TcpServer(client -> {});

        assertThatThrownBy(() -> relay.listen(target.getLocalPort()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot listen on port " + target.getLocalPort());
    }

    private TcpServer relaying(Consumer<Channel> connected) throws IOException {
        TcpServer server = new TcpServer(
                client -> ByteRelay.lead(client, (InetSocketAddress) target.getLocalSocketAddress(), connected));
        server.listen(LoopbackPorts.free());
        return server;
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(relay.address().getAddress(), relay.address().getPort());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static void assertPasses(Socket client, Socket server) throws IOException {
        server.setSoTimeout(TIMEOUT_MILLIS);
        client.getOutputStream().write('?');
        assertThat(server.getInputStream().read()).isEqualTo('?');
        server.getOutputStream().write('!');
        assertThat(client.getInputStream().read()).isEqualTo('!');
    }
}
