package dev.databasetraffic.plants.edge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP on no more connections than there may be. By itself the container leaves those beyond them waiting, however long, for
 * one of the others to end, so that who holds many and says nothing shuts everybody else out in silence. Here they get an
 * answer at once.
 */
public final class LimitedConnections extends Http11NioProtocol {

    /** For the container, which makes it by its name. */
    public LimitedConnections() {
        super(new Limited());
    }

    /** What is told on a connection too many. */
    void refuseWith(OverloadedAnswer answer, Refusals refusals) {
        ((Limited) getEndpoint()).refuseWith(answer.asBytes(), refusals::connection);
    }

    private static final class Limited extends NioEndpoint {

        private static final Logger log = LoggerFactory.getLogger(LimitedConnections.class);

        private byte[] answer = {};
        private Runnable refused = () -> {};

        void refuseWith(byte[] newAnswer, Runnable newRefused) {
            answer = newAnswer;
            refused = newRefused;
        }

        /** The container takes one more, to be refused. */
        @Override
        public void setMaxConnections(int connections) {
            super.setMaxConnections(connections + 1);
        }

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            if (getConnectionCount() < getMaxConnections()) {
                return super.setSocketOptions(socket);
            }
            refused.run();
            try {
                // Nobody waits for a peer: what does not fit its window at once is not told.
                socket.configureBlocking(false);
                socket.write(ByteBuffer.wrap(answer));
                socket.shutdownOutput();
                // What is left unread when a connection is closed takes the answer away from who sent it.
                socket.read(ByteBuffer.allocate(1024));
            } catch (IOException e) {
                log.debug("A caller too many has gone: {}", e.toString());
            } finally {
                destroySocket(socket);
            }
            return false;
        }
    }
}
