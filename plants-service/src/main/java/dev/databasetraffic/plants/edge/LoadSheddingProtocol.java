package dev.databasetraffic.plants.edge;

import dev.databasetraffic.plants.inventory.Arrival;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP that refuses what comes too much before the container does anything for it.
 *
 * <p>Connections: by itself the container leaves those beyond its limit waiting, however long, for one of the others to end,
 * so that who holds many and says nothing shuts everybody else out in silence. Here they get an answer at once.
 *
 * <p>Requests: by itself the container hands each to a thread, and after a refusal closes its connection
 * (<a href="https://bz.apache.org/bugzilla/show_bug.cgi?id=68901">its bug 68901</a>), so that its caller comes back with a
 * new one. That costs half as much as to serve it. Here a request for which there is no place waits for one unread, in a
 * burst, or is answered by the thread that sees it come, and its connection is kept. So is one that comes while the database
 * is known to be away, if there are many.
 */
public final class LoadSheddingProtocol extends Http11NioProtocol {

    /** For the container, which makes it by its name. */
    public LoadSheddingProtocol() {
        super(new Endpoint());
    }

    /** From now on. */
    void shed(ReadyAnswer overloaded, Places places, ReadyAnswer away, FutileRequests futile, Refusals refusals) {
        ((Endpoint) getEndpoint()).shedding =
                new Shedding(overloaded.last(), overloaded.another(), places, away.another(), futile, refusals);
    }

    /**
     * @param last what is told where the connection is closed after it
     * @param another where it is not
     * @param away what is told to whom nothing can be said but that the database is away
     */
    private record Shedding(
            byte[] last, byte[] another, Places places, byte[] away, FutileRequests futile, Refusals refusals) {}

    private static final class Endpoint extends NioEndpoint {

        private static final Logger log = LoggerFactory.getLogger(LoadSheddingProtocol.class);

        /** What is longer is not known to be whole. */
        private static final int READ_AT_ONCE = 2048;

        private static final String PLANTS = "/plants";

        /** How the container calls the thread that sees something come on a connection. */
        private static final String POLLER = "-Poller";

        private @Nullable Shedding shedding;

        /** The container takes one more, to be refused. */
        @Override
        public void setMaxConnections(int connections) {
            super.setMaxConnections(connections + 1);
        }

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            Shedding shed = shedding;
            if (shed == null || getConnectionCount() < getMaxConnections()) {
                return super.setSocketOptions(socket);
            }
            shed.refusals.connection();
            try {
                // Nobody waits for a peer: what does not fit its window at once is not told.
                socket.configureBlocking(false);
                socket.write(ByteBuffer.wrap(shed.last));
                socket.shutdownOutput();
                // What is left unread when a connection is closed takes the answer away from who sent it.
                socket.read(ByteBuffer.allocate(READ_AT_ONCE));
            } catch (IOException e) {
                log.debug("A caller too many has gone: {}", e.toString());
            } finally {
                destroySocket(socket);
            }
            return false;
        }

        /** Returns false where the connection is to be closed. */
        @Override
        public boolean processSocket(SocketWrapperBase<NioChannel> connection, SocketEvent event, boolean dispatch) {
            Shedding shed = shedding;
            if (shed == null || event != SocketEvent.OPEN_READ || !dispatch || !isNew(connection)) {
                return super.processSocket(connection, event, dispatch);
            }
            Beginning beginning = new Beginning(Arrival.now(), shed.places);
            return shed.futile.areTooMany()
                    ? answer(connection, shed, beginning, false)
                    : begin(connection, shed, beginning);
        }

        /**
         * Whether a request begins. Where one is being read or answered, this is more of it or its end. The end of one that
         * is answered later may come before the container has noted whose the connection is, but not from this thread.
         */
        private static boolean isNew(SocketWrapperBase<NioChannel> connection) {
            return connection.getCurrentProcessor() == null
                    && Thread.currentThread().getName().endsWith(POLLER);
        }

        /** Has it served, once there is a place, or refuses it. */
        private boolean begin(SocketWrapperBase<NioChannel> connection, Shedding shed, Beginning beginning) {
            // Paused, the container would close the connection without a word.
            if (isPaused()) {
                return answer(connection, shed, beginning, true);
            }
            if (shed.places.takeInTurn()) {
                if (read(connection, beginning)) {
                    return true;
                }
                shed.places.giveBack();
                return false;
            }
            Unread unread = new Unread(connection, shed, beginning);
            if (!shed.places.waitFor(unread)) {
                return answer(connection, shed, beginning, true);
            }
            getUtilityExecutor()
                    .schedule(
                            () -> shed.places.giveUp(unread),
                            shed.places.patience().toNanos(),
                            TimeUnit.NANOSECONDS);
            return true;
        }

        /** Returns false if nobody will. */
        private boolean read(SocketWrapperBase<NioChannel> connection, Beginning beginning) {
            Executor threads = getExecutor();
            if (threads == null) {
                return false;
            }
            SocketProcessor reading = new SocketProcessor(connection, SocketEvent.OPEN_READ);
            try {
                threads.execute(() -> beginning.during(reading));
                return true;
            } catch (RejectedExecutionException | OutOfMemoryError e) {
                log.warn("There is no thread for who comes: {}", e.toString());
                return false;
            }
        }

        /** @param full whether there is no place; else the database is away, which is told to whom it matters */
        private boolean answer(
                SocketWrapperBase<NioChannel> connection, Shedding shed, Beginning beginning, boolean full) {
            if (!connection.getLock().tryLock()) {
                return read(connection, new Beginning(beginning.arrival(), null));
            }
            try {
                ByteBuffer bytes = ByteBuffer.allocate(READ_AT_ONCE);
                int read = connection.read(false, bytes);
                if (read <= 0) {
                    return read == 0 && again(connection);
                }
                String request = new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
                boolean whole = WholeRequest.is(request);
                if (full) {
                    shed.refusals.request();
                    return write(connection, whole ? shed.another : shed.last) && whole && again(connection);
                }
                if (!whole || !WholeRequest.isFor(PLANTS, request)) {
                    connection.unRead(bytes.flip());
                    return begin(connection, shed, beginning);
                }
                shed.refusals.futile();
                return write(connection, shed.away) && again(connection);
            } catch (IOException e) {
                log.debug("Who was to be refused has gone: {}", e.toString());
                return false;
            } finally {
                connection.getLock().unlock();
            }
        }

        /** Returns false if not all of it could be written. */
        private static boolean write(SocketWrapperBase<NioChannel> connection, byte[] answer) throws IOException {
            connection.write(false, ByteBuffer.wrap(answer));
            return !connection.flush(false);
        }

        /** Waits for the next request. */
        private static boolean again(SocketWrapperBase<NioChannel> connection) {
            connection.registerReadInterest();
            return true;
        }

        /** A request that nobody has read yet: it holds next to nothing, where one in progress holds 70 KB. */
        private final class Unread implements Places.Waiting {

            private final SocketWrapperBase<NioChannel> connection;
            private final Shedding shed;
            private final Beginning beginning;

            private Unread(SocketWrapperBase<NioChannel> connection, Shedding shed, Beginning beginning) {
                this.connection = connection;
                this.shed = shed;
                this.beginning = beginning;
            }

            @Override
            public boolean begin() {
                // Of one whose time is up nobody was told yet.
                if (isPaused() || beginning.arrival().age().compareTo(shed.places.patience()) > 0) {
                    refuse();
                    return false;
                }
                boolean begins = read(connection, beginning);
                closeUnless(begins);
                return begins;
            }

            @Override
            public void refuse() {
                closeUnless(answer(connection, shed, beginning, true));
            }

            private void closeUnless(boolean kept) {
                if (!kept) {
                    connection.close();
                }
            }
        }
    }
}
