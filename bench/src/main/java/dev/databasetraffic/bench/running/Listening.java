package dev.databasetraffic.bench.running;

import dev.databasetraffic.kit.Child;
import dev.databasetraffic.kit.Readiness;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** When a program of which nothing else is known has started. */
public final class Listening {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration PACE = Duration.ofMillis(50);

    private Listening() {}

    /**
     * Waits until it listens.
     *
     * @throws IOException with its last words, if it ends instead or takes longer than thirty seconds
     */
    public static void await(String name, Child child, InetSocketAddress at) throws IOException, InterruptedException {
        boolean listens = Readiness.await(LONGEST, PACE, () -> {
            if (!child.isAlive()) {
                throw new IOException(name + " ended while it started:\n" + child.lastLines(15));
            }
            return isListening(at);
        });
        if (!listens) {
            throw new IOException(
                    name + " did not listen within " + LONGEST.toSeconds() + " s:\n" + child.lastLines(15));
        }
    }

    /** Costs a fraction of what an HTTP client takes, while all processors are busy starting. */
    static boolean isListening(InetSocketAddress at) {
        try (Socket socket = new Socket(at.getAddress(), at.getPort())) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
