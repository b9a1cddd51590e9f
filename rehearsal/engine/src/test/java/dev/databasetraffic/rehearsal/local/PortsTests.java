package dev.databasetraffic.rehearsal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTests {

    @Test
    void portsAreDifferentAndNoneIsOneThatTheSystemHandsOut() throws Exception {
        Ports ports = Ports.free(0);

        List<Integer> all = IntStream.concat(
                        IntStream.of(ports.service()), IntStream.range(0, 8).map(i -> ports.next()))
                .boxed()
                .toList();

        assertThat(all).doesNotHaveDuplicates().allMatch(port -> port >= 20_000 && port < 32_768);
    }

    @Test
    void thereAreMoreThanWereKept() throws Exception {
        Ports ports = Ports.free(0);

        assertThat(IntStream.range(0, 20).map(i -> ports.next()).boxed().toList())
                .allMatch(port -> port > 0);
    }

    @Test
    void aPortThatSomebodyListensOnIsRefusedWithAWayOut() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.free(other.getLocalPort()))
                    .isInstanceOf(PlaceException.class)
                    .hasMessageContaining(String.valueOf(other.getLocalPort()))
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void aDatabasesPortThatSomebodyListensOnIsRefusedWithAWayOut() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.requireForDatabase(other.getLocalPort()))
                    .isInstanceOf(PlaceException.class)
                    .hasMessageStartingWith("Port " + other.getLocalPort() + " of 127.0.0.1 (database.listen)")
                    .hasMessageContaining("choose another port");
        }
    }
}
