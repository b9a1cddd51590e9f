package dev.databasetraffic.mesh.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Says its name, led by the name's length, once a client has said something. */
public final class NamedServer implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    public NamedServer(String name) throws IOException {
        Thread accepts = new Thread(() -> acceptAll(name));
        accepts.setDaemon(true);
        accepts.start();
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** The name of whoever is at the other end; empty if the connection ends. */
    public static String answer(Socket socket) throws IOException {
        int length = socket.getInputStream().read();
        return new String(socket.getInputStream().readNBytes(Math.max(0, length)), StandardCharsets.US_ASCII);
    }

    @SuppressWarnings("resource") // closed by the client's end
    private void acceptAll(String name) {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                if (client.getInputStream().read() >= 0) {
                    client.getOutputStream().write(name.length());
                    client.getOutputStream().write(name.getBytes(StandardCharsets.US_ASCII));
                }
            } catch (IOException e) {
                // The client or the test has ended.
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
