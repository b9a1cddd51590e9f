package dev.databasetraffic.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service's memory stays flat, and others are served, whatever some peers do. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
@Tag("long")
class HostilePeersIT {

    private static final long MEBIBYTE = 1024 * 1024;

    private final List<SocketChannel> peers = new ArrayList<>();

    @TempDir
    private Path folder;

    private PackagedEcho echo;

    @BeforeEach
    void start() throws Exception {
        echo = PackagedEcho.start(folder);
        aPeerIsServed();
        await().until(() -> active() == 0);
    }

    @AfterEach
    void stop() throws IOException {
        closePeers();
        echo.close();
    }

    @Test
    void tenThousandIdleSocketsCostAFewKibibytesEachAndGiveThemBack() throws Exception {
        int sockets = 10_000;
        assumeThat(mostOpenFiles())
                .as("files that a process may have open here, one for each socket (ulimit -n)")
                .isGreaterThan(sockets + 500);
        long before = echo.heap();

        int port = echo.port(Behaviour.ECHO);
        for (int i = 0; i < sockets; i++) {
            peers.add(connectTo(port));
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> active() == sockets);
        long held = echo.heap();
        assertThat((held - before) / sockets).as("bytes of heap per socket").isLessThan(8 * 1024);
        aPeerIsServed();
        assertThat(echo.heap() - held).as("growth while they idle").isLessThan(2 * MEBIBYTE);

        closePeers();
        await().atMost(Duration.ofSeconds(30)).until(() -> active() == 0);
        assertThat(echo.heap() - before).as("what they left behind").isLessThan(16 * MEBIBYTE);
        aPeerIsServed();
    }

    @Test
    void aFloodOfBytesIsTakenWithoutGrowingAndOthersAreServedMeanwhile() throws Exception {
        long heap = echo.heap();
        long resident = residentSet();

        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        List<Thread> floods = new ArrayList<>();
        for (Behaviour behaviour : List.of(Behaviour.SILENT, Behaviour.SILENT, Behaviour.ECHO, Behaviour.ECHO)) {
            int port = echo.port(behaviour);
            Thread flood = new Thread(() -> flood(port, end));
            flood.start();
            floods.add(flood);
        }
        await().atMost(Duration.ofSeconds(10))
                .until(() -> echo.metric("echo_received_bytes_total", "behaviour=\"silent\"") > 300 * MEBIBYTE);
        aPeerIsServed();
        for (Thread flood : floods) {
            flood.join();
        }

        assertThat(echo.metric("echo_connection_duration_seconds_count", "end=\"bytes\""))
                .as("floods cut off at the most bytes")
                .isPositive();
        assertMemoryIsFlat(heap, resident);
        aPeerIsServed();
    }

    @Test
    void peersThatNeverReadFillTheirOwnSocketsAndOthersAreServed() throws Exception {
        int sockets = 100;
        long heap = echo.heap();
        long resident = residentSet();

        int port = echo.port(Behaviour.ECHO);
        for (int i = 0; i < sockets; i++) {
            SocketChannel peer = connectTo(port);
            peer.setOption(StandardSocketOptions.SO_SNDBUF, 65_536);
            peer.configureBlocking(false);
            peers.add(peer);
        }
        ByteBuffer flood = ByteBuffer.allocate(65_536);
        await().atMost(Duration.ofMinutes(1)).during(Duration.ofSeconds(1)).until(() -> {
            long taken = 0;
            for (SocketChannel peer : peers) {
                taken += peer.write(flood.rewind());
            }
            return taken == 0;
        });

        assertThat(active()).as("all are still connected").isEqualTo(sockets);
        double inHand = echo.metric("echo_received_bytes_total", "behaviour=\"echo\"")
                - echo.metric("echo_sent_bytes_total", "behaviour=\"echo\"");
        assertThat(inHand).as("bytes read and not yet written").isBetween(1.0, sockets * 4096.0);
        assertMemoryIsFlat(heap, resident);
        aPeerIsServed();
    }

    private void assertMemoryIsFlat(long heap, long resident) throws Exception {
        assertThat(echo.isAlive()).isTrue();
        assertThat(echo.heap() - heap).as("growth of the heap").isLessThan(8 * MEBIBYTE);
        assertThat(residentSet() - resident).as("growth of the process").isLessThan(64 * MEBIBYTE);
        assertThat(echo.metric("echo_connection_duration_seconds_count", "end=\"failure\""))
                .as("connections that failed for want of memory")
                .isZero();
    }

    private void aPeerIsServed() throws Exception {
        try (Peer peer = Peer.connectTo(echo.port(Behaviour.ECHO))) {
            peer.socket().setSoTimeout(1000);
            assertThat(peer.send("hello").receiveText(5)).isEqualTo("hello");
        }
    }

    private int active() throws Exception {
        return (int) echo.metric("echo_connections_active", "");
    }

    /** Sends as much as is taken until the time, anew whenever it is cut off. */
    private static void flood(int port, long end) {
        byte[] received = new byte[65_536];
        while (System.nanoTime() < end) {
            try (Peer peer = Peer.connectTo(port)) {
                while (System.nanoTime() < end) {
                    peer.send(new byte[65_536]);
                    while (peer.socket().getInputStream().available() > 0) {
                        peer.socket().getInputStream().read(received);
                    }
                }
            } catch (IOException cutOff) {
                // That is what the limit is for: once more.
            }
        }
    }

    private static SocketChannel connectTo(int port) throws IOException {
        return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    private void closePeers() throws IOException {
        for (SocketChannel peer : peers) {
            peer.close();
        }
        peers.clear();
    }

    private static long mostOpenFiles() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount()
                : 0;
    }

    /** Where the system doesn't tell, the heap has to do. */
    private long residentSet() throws IOException {
        return Files.isDirectory(Path.of("/proc/self")) ? echo.residentSet() : 0;
    }
}
