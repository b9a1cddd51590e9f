package dev.databasetraffic.kit;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback address for processes that must be told theirs, and for listeners that come back. They are from
 * below those that Linux, macOS and Windows hand out by themselves: one of these becomes the end of somebody's connection
 * while nobody listens there, and be it that of a client who dials it.
 */
public final class LoopbackPorts {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_767;
    private static final int ATTEMPTS = 1_000;

    private LoopbackPorts() {}

    /**
     * Listens at one that is free, and so keeps it until it is closed.
     *
     * @throws IOException if none is to be found
     */
    public static ServerSocket listen() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return new ServerSocket(ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1), 1, Loopback.ADDRESS);
            } catch (BindException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * One that is free now.
     *
     * @throws IOException if none is to be found
     */
    public static int free() throws IOException {
        try (ServerSocket socket = listen()) {
            return socket.getLocalPort();
        }
    }
}
