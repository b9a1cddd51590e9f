package dev.databasetraffic.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The other side of a connection, with a real socket; nothing it does takes longer than ten seconds. */
final class Peer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Socket socket;

    private Peer(Socket socket) {
        this.socket = socket;
    }

    static Peer connectTo(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        return new Peer(socket);
    }

    Socket socket() {
        return socket;
    }

    Peer send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    Peer send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends FIN, and can still read. */
    Peer finish() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    byte[] receive(int length) throws IOException {
        return socket.getInputStream().readNBytes(length);
    }

    String receiveText(int length) throws IOException {
        return new String(receive(length), StandardCharsets.ISO_8859_1);
    }

    void receivesFin() throws IOException {
        assertThat(socket.getInputStream().read()).as("FIN").isEqualTo(-1);
    }

    void receivesReset() {
        assertThat(catchThrowable(() -> socket.getInputStream().read()))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("Connection reset");
    }

    /** Neither a byte nor an end comes within the time. */
    void receivesNothingFor(Duration time) throws IOException {
        socket.setSoTimeout(Math.toIntExact(time.toMillis()));
        try {
            assertThat(catchThrowable(() -> socket.getInputStream().read())).isInstanceOf(SocketTimeoutException.class);
        } finally {
            socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
