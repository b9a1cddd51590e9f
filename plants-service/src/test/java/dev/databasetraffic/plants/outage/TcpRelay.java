package dev.databasetraffic.plants.outage;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A fault-injecting relay of bytes, for tests alone: passes, resets or freezes connections. */
final class TcpRelay implements AutoCloseable {

    /** What happens to connections. */
    enum Fault {
        /** Bytes pass. */
        NONE,
        /** Open connections are reset, new ones too as soon as they are accepted. */
        RESET,
        /** Open connections are reset, new ones are accepted and never answered. */
        CUT_THEN_SILENT,
        /** Open connections stop passing bytes, new ones are accepted and never answered. */
        FREEZE,
        /** Open connections pass, new ones are accepted and never answered. */
        NEW_ONES_SILENT
    }

    private record Pair(Socket client, Socket server) {}

    private final ServerSocket listener;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile Fault fault = Fault.NONE;

    TcpRelay(int target) {
        this.target = target;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void inject(Fault next) {
        fault = next;
        if (next == Fault.RESET || next == Fault.CUT_THEN_SILENT) {
            open.forEach(TcpRelay::reset);
            open.clear();
        }
    }

    /** Ends the fault for new connections; what was frozen or left unanswered stays so. */
    void restore() {
        fault = Fault.NONE;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                switch (fault) {
                    case RESET -> reset(client);
                    case NONE -> relay(client);
                    default -> open.add(client);
                }
            } catch (IOException closed) {
                // Ends with the listener; a failed connection is the client's matter.
            }
        }
    }

    private void relay(Socket client) throws IOException {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(client);
        open.add(server);
        Pair there = new Pair(client, server);
        Pair back = new Pair(server, client);
        threads.execute(() -> pump(there));
        threads.execute(() -> pump(back));
    }

    private void pump(Pair pair) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = pair.client().getInputStream();
            OutputStream out = pair.server().getOutputStream();
            int count;
            while ((count = in.read(buffer)) >= 0) {
                if (fault == Fault.FREEZE) {
                    // Both ends stay open, and nothing passes any more.
                    return;
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException broken) {
            // Reset by the fault or by a peer.
        }
        reset(pair.client());
        reset(pair.server());
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // Then it needs no reset.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(TcpRelay::reset);
        threads.shutdownNow();
    }
}
