package dev.databasetraffic.channelguard;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A relay of bytes whose connections can be brought into every trouble that a wire may be in. */
public final class TroubledWire implements AutoCloseable {

    /** What happens to connections. */
    public enum Trouble {
        NONE,
        /** Open ones are reset, new ones refused. */
        REFUSED,
        /** Open ones are reset, new ones too, as soon as they are accepted. */
        RESET,
        /** Open ones are reset, new ones are accepted and never hear anything. */
        HANGING,
        /** Open ones stop for ever, new ones are accepted and never hear anything. */
        FROZEN,
        /** Open ones pass, new ones are accepted and never hear anything. */
        NEW_HANGING,
        /** Whatever is sent, either way, is late by {@link #SLOWNESS_MILLIS}. */
        SLOW
    }

    static final int SLOWNESS_MILLIS = 60;

    private static final int NEVER = -1;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final int port;
    private volatile int target;
    private volatile Trouble trouble = Trouble.NONE;
    private volatile @Nullable ServerSocket listener;

    /** Bound while nobody listens, lest the port be somebody else's by then. */
    private @Nullable Socket placeholder;

    /** So that what froze stays frozen. */
    private final AtomicInteger freezes = new AtomicInteger();

    public TroubledWire(int target) {
        this.target = target;
        try {
            port = listen(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** How many connections there were so far. */
    int accepted() {
        return accepted.get();
    }

    /** How many connections are open now. */
    int open() {
        return open.size();
    }

    /** Where connections lead from now on. */
    void retarget(int port) {
        target = port;
    }

    public synchronized void inject(Trouble next) {
        try {
            if (next == Trouble.FROZEN) {
                freezes.incrementAndGet();
            }
            trouble = next;
            switch (next) {
                case REFUSED -> {
                    close(listener);
                    listener = null;
                    holdPort();
                    resetAll();
                }
                case RESET, HANGING -> resetAll();
                case NONE, FROZEN, NEW_HANGING, SLOW -> {}
            }
            if (next != Trouble.REFUSED && listener == null) {
                listen(port);
                close(placeholder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the trouble for new connections; what was frozen or never heard anything stays so. */
    public void restore() {
        inject(Trouble.NONE);
    }

    /** The thread that accepts lets go of its port only when it has noticed. */
    private void holdPort() throws IOException {
        Socket socket = new Socket();
        socket.setReuseAddress(true);
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (!socket.isBound()) {
            try {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (BindException e) {
                if (System.nanoTime() - until > 0) {
                    throw e;
                }
                LockSupport.parkNanos(100_000);
            }
        }
        placeholder = socket;
    }

    private int listen(int at) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 50);
        listener = socket;
        threads.execute(() -> accept(socket));
        return socket.getLocalPort();
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                accepted.incrementAndGet();
                switch (trouble) {
                    case NONE, SLOW -> relay(client);
                    case REFUSED, RESET -> reset(client);
                    case HANGING, FROZEN, NEW_HANGING -> {
                        open.add(client);
                        threads.execute(() -> pump(client, null, NEVER));
                    }
                }
            } catch (IOException closed) {
                // Ends with the listener; a failed connection is the client's matter.
            }
        }
    }

    private void relay(Socket client) throws IOException {
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException away) {
            reset(client);
            return;
        }
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.add(client);
        open.add(server);
        int epoch = freezes.get();
        threads.execute(() -> pump(client, server, epoch));
        threads.execute(() -> pump(server, client, epoch));
    }

    /** Passes what comes, until it is frozen: then both ends stay open, and nothing passes any more. */
    private void pump(Socket from, @Nullable Socket to, int epoch) {
        byte[] buffer = new byte[16_384];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to == null ? OutputStream.nullOutputStream() : to.getOutputStream();
            int count;
            while ((count = in.read(buffer)) >= 0) {
                if (freezes.get() != epoch) {
                    continue;
                }
                if (trouble == Trouble.SLOW) {
                    LockSupport.parkNanos(SLOWNESS_MILLIS * 1_000_000L);
                }
                out.write(buffer, 0, count);
            }
        } catch (IOException broken) {
            // Reset by the trouble or by a peer.
        }
        reset(from);
        if (to != null) {
            reset(to);
        }
    }

    private void resetAll() {
        open.forEach(this::reset);
    }

    private void reset(Socket socket) {
        open.remove(socket);
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException gone) {
            // Then it needs no reset.
        }
    }

    private static void close(@Nullable Closeable socket) throws IOException {
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public void close() throws IOException {
        close(listener);
        close(placeholder);
        resetAll();
        threads.shutdownNow();
    }
}
