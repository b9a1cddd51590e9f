package dev.databasetraffic.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A wire before a server that counts who arrives, and answers each with what it was sent. */
class FrozenTests {

    private static final byte[] GREETING = "greeting".getBytes(StandardCharsets.US_ASCII);
    private static final int GIVEN_UP = 50;

    private final AtomicInteger arrived = new AtomicInteger();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private ServerSocket server;
    private Wire wire;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread acceptor = new Thread(this::accept, "counting-server");
        acceptor.setDaemon(true);
        acceptor.start();
        InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
        wire = Wire.start(new Wire.Ends(0, address, address, null, "database.example", null));
    }

    @AfterEach
    void end() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        wire.close();
        server.close();
    }

    @Test
    void whoGaveUpMeanwhileDoesNotArriveWhenItEnds() throws IOException {
        assertThat(answer(dial())).isEqualTo(GREETING);
        Fault frozen = wire.fault("frozen");
        wire.inject(frozen, Connections.LEFT);
        for (int i = 0; i < GIVEN_UP; i++) {
            dial().close();
        }
        Socket patient = dial();
        Socket quiet = new Socket(wire.address().getAddress(), wire.address().getPort());
        sockets.add(quiet);

        await().until(() -> wire.connections() == GIVEN_UP + 3);

        wire.remove(frozen);

        assertThat(answer(patient)).isEqualTo(GREETING);
        quiet.getOutputStream().write(GREETING);
        assertThat(answer(quiet)).isEqualTo(GREETING);
        assertThat(arrived).as("the first, the patient and the quiet one").hasValue(3);
    }

    private Socket dial() throws IOException {
        Socket socket = new Socket(wire.address().getAddress(), wire.address().getPort());
        socket.setSoTimeout((int) Duration.ofSeconds(10).toMillis());
        sockets.add(socket);
        socket.getOutputStream().write(GREETING);
        return socket;
    }

    private static byte[] answer(Socket socket) throws IOException {
        return socket.getInputStream().readNBytes(GREETING.length);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                sockets.add(client);
                arrived.incrementAndGet();
                Thread echo = new Thread(
                        () -> {
                            try {
                                client.getInputStream().transferTo(client.getOutputStream());
                            } catch (IOException e) {
                                // The test is over.
                            }
                        },
                        "echo");
                echo.setDaemon(true);
                echo.start();
            }
        } catch (IOException e) {
            // The server was closed.
        }
    }
}
