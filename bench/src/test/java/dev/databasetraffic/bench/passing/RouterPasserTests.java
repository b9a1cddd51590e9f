package dev.databasetraffic.bench.passing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.databasetraffic.kit.Loopback;
import dev.databasetraffic.kit.LoopbackPorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterPasserTests {

    private final RouterPasser router = new RouterPasser(
            "ours",
            Path.of(System.getProperty("java.home"), "bin", "java"),
            Path.of("../istio").toAbsolutePath());

    @TempDir
    private Path folder;

    @Test
    void theRouterListensInAProcessOfItsOwnUntilItIsClosed() throws Exception {
        InetSocketAddress entrance;
        try (Passage passage = router.open(Loopback.at(LoopbackPorts.free()), folder)) {
            entrance = passage.entrance();
            connect(entrance);
            assertThat(passage.cpu()).isPositive();
            assertThat(passage.residentBytes()).isPositive();
        }

        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(entrance));
    }

    @Test
    void nobodyInBetweenCostsNothing() throws Exception {
        InetSocketAddress target = Loopback.at(1);

        try (Passage passage = Passer.nobody("direct").open(target, folder)) {
            assertThat(passage.entrance()).isEqualTo(target);
            assertThat(passage.cpu()).isEqualTo(Duration.ZERO);
        }
    }

    private static void connect(InetSocketAddress address) throws IOException {
        new Socket(address.getAddress(), address.getPort()).close();
    }
}
