package dev.databasetraffic.bench.running;

import dev.databasetraffic.kit.ByteRelay;
import dev.databasetraffic.kit.Delay;
import dev.databasetraffic.kit.TcpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/** A longer wire: everything arrives in order and unhurt, half the round trip later in each direction. */
final class DelayHop implements Hop {

    private final TcpServer server;

    private DelayHop(TcpServer server) {
        this.server = server;
    }

    /** @param target a port of the loopback address */
    static DelayHop start(int target, Duration roundTrip) throws IOException {
        Duration oneWay = roundTrip.dividedBy(2);
        InetSocketAddress database = new InetSocketAddress(InetAddress.getLoopbackAddress(), target);
        TcpServer server = new TcpServer(client -> ByteRelay.lead(client, database, connected -> {
            client.pipeline().addFirst(new Delay(oneWay));
            connected.pipeline().addFirst(new Delay(oneWay));
        }));
        server.listen(0);
        return new DelayHop(server);
    }

    @Override
    public String endpoint() {
        return "127.0.0.1:" + server.address().getPort();
    }

    @Override
    public void close() {
        server.close();
    }
}
