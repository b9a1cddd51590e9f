package dev.databasetraffic.bench.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DelayHopTests {

    @Test
    void bytesArriveInOrderAndNoSoonerThanTheWireIsLong() throws IOException {
        Duration roundTrip = Duration.ofMillis(100);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DelayHop relay = DelayHop.start(server.getLocalPort(), roundTrip);
                Socket client = new Socket(InetAddress.getLoopbackAddress(), port(relay));
                Socket accepted = server.accept()) {
            long sent = System.nanoTime();
            client.getOutputStream().write("one ".getBytes(StandardCharsets.UTF_8));
            client.getOutputStream().write("two".getBytes(StandardCharsets.UTF_8));
            accepted.getOutputStream().write(accepted.getInputStream().readNBytes(7));

            assertThat(client.getInputStream().readNBytes(7)).asString().isEqualTo("one two");
            assertThat(Duration.ofNanos(System.nanoTime() - sent)).isGreaterThanOrEqualTo(roundTrip);
        }
    }

    private static int port(DelayHop relay) {
        return Integer.parseInt(relay.endpoint().substring(relay.endpoint().indexOf(':') + 1));
    }
}
