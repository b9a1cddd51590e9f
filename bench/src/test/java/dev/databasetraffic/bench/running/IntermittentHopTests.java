package dev.databasetraffic.bench.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class IntermittentHopTests {

    private static final int END = -1;

    @Test
    void theWayIsThereUntilItBeginsThenComesAndGoesAndIsThereAgainOnceItHasEnded() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                IntermittentHop hop =
                        IntermittentHop.start(server.getLocalPort(), Duration.ofMillis(50), Duration.ofMillis(50))) {
            try (Socket client = connect(hop);
                    Socket accepted = server.accept()) {
                echo(client, accepted);

                hop.begin();
                awaitEnd(client);
            }
            try (Socket client = connectOnceThere(hop)) {
                awaitEnd(client);
            }

            hop.end();
            server.setSoTimeout(10_000);
            try (Socket client = connectOnceThere(hop)) {
                echo(client, last(server, client));
                // For several times as long as it would have been there.
                client.setSoTimeout(300);
                assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            }
        }
    }

    /** Where connections wait that have ended meanwhile, the one that this client has. */
    private static Socket last(ServerSocket server, Socket client) throws IOException {
        client.getOutputStream().write('a');
        while (true) {
            Socket accepted = server.accept();
            if (accepted.getInputStream().read() == 'a') {
                return accepted;
            }
            accepted.close();
        }
    }

    /** However rudely it comes. */
    private static void awaitEnd(Socket client) throws IOException {
        try {
            assertThat(client.getInputStream().read()).isEqualTo(END);
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    private static void echo(Socket client, Socket accepted) throws IOException {
        accepted.getOutputStream().write('b');
        assertThat(client.getInputStream().read()).isEqualTo('b');
    }

    private static Socket connectOnceThere(IntermittentHop hop) throws IOException {
        while (true) {
            try {
                return connect(hop);
            } catch (ConnectException gone) {
                Thread.onSpinWait();
            }
        }
    }

    private static Socket connect(IntermittentHop hop) throws IOException {
        String endpoint = hop.endpoint();
        return new Socket(
                InetAddress.getLoopbackAddress(), Integer.parseInt(endpoint.substring(endpoint.indexOf(':') + 1)));
    }
}
