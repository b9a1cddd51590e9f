package dev.databasetraffic.bench.running;

import dev.databasetraffic.kit.ByteRelay;
import dev.databasetraffic.kit.TcpServer;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** A way to the database that, once it has begun, comes and goes: its connections end, and for a while there are no new ones. */
final class IntermittentHop implements Hop {

    private final Set<Channel> clients = ConcurrentHashMap.newKeySet();
    private final TcpServer server;

    private final Duration there;
    private final Duration gone;

    private IntermittentHop(int target, Duration there, Duration gone) {
        this.there = there;
        this.gone = gone;
        InetSocketAddress database = new InetSocketAddress(InetAddress.getLoopbackAddress(), target);
        server = new TcpServer(client -> {
            clients.add(client);
            client.closeFuture().addListener(closed -> clients.remove(client));
            ByteRelay.lead(client, database, connected -> {});
        });
    }

    /** @param target a port of the loopback address */
    static IntermittentHop start(int target, Duration there, Duration gone) throws IOException {
        IntermittentHop hop = new IntermittentHop(target, there, gone);
        hop.server.listen(0);
        return hop;
    }

    @Override
    public void begin() {
        goAfter();
    }

    private void goAfter() {
        server.thread()
                .schedule(
                        () -> {
                            server.pause();
                            List.copyOf(clients).forEach(Channel::close);
                            comeAfter();
                        },
                        there.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void comeAfter() {
        server.thread()
                .schedule(
                        () -> {
                            server.resume();
                            goAfter();
                        },
                        gone.toMillis(),
                        TimeUnit.MILLISECONDS);
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
