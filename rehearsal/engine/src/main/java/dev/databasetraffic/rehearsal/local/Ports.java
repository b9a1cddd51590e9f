package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.kit.Loopback;
import dev.databasetraffic.kit.LoopbackPorts;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The ports that the processes of one system are told. */
final class Ports {

    private static final int NEEDED = 8;

    private final int service;
    private final Deque<Integer> free;

    private Ports(int service, Deque<Integer> free) {
        this.service = service;
        this.free = free;
    }

    /**
     * @param service the port that the service under test is to have, 0 for any
     * @throws PlaceException if somebody listens there
     */
    static Ports free(int service) throws PlaceException {
        List<ServerSocket> taken = new ArrayList<>();
        try {
            taken.add(service == 0 ? LoopbackPorts.listen() : listen(service));
            while (taken.size() <= NEEDED) {
                taken.add(LoopbackPorts.listen());
            }
            Deque<Integer> ports = new ArrayDeque<>();
            taken.forEach(socket -> ports.add(socket.getLocalPort()));
            return new Ports(ports.remove(), ports);
        } catch (IOException e) {
            throw new PlaceException(
                    "Port " + service + " of 127.0.0.1 cannot be used (" + e.getMessage() + "). End what"
                            + " listens there, or choose another port by --port; without the option any free one is taken.",
                    e);
        } finally {
            taken.forEach(Ports::release);
        }
    }

    /**
     * Whether the service can be made to reach its database at that port.
     *
     * @throws PlaceException if somebody listens there
     */
    static void requireForDatabase(int port) throws PlaceException {
        try {
            listen(port).close();
        } catch (IOException e) {
            throw new PlaceException(
                    "Port " + port + " of 127.0.0.1 (database.listen) cannot be used: " + e.getMessage() + ". End what"
                            + " listens there, or choose another port, at which the service is to look for its database.",
                    e);
        }
    }

    int service() {
        return service;
    }

    /** Of those that were kept together, none twice; once they are used up, any that is free now. */
    int next() {
        try {
            return free.isEmpty() ? LoopbackPorts.free() : free.remove();
        } catch (IOException e) {
            throw new UncheckedIOException("There is no free port on 127.0.0.1", e);
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, Loopback.ADDRESS);
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
