package dev.databasetraffic.bench.running;

import dev.databasetraffic.kit.ByteRelay;
import dev.databasetraffic.kit.LoopbackPorts;
import dev.databasetraffic.kit.TcpServer;
import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A way to the database that comes and goes: its connections end, and for a while there are no new ones. */
final class IntermittentHop implements Hop {

    private final Set<Channel> clients = ConcurrentHashMap.newKeySet();
    private final TcpServer server;

    private final Duration there;
    private final Duration gone;

    /** Confined to the server's thread. */
    private @Nullable ScheduledFuture<?> next;

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
        // No port that the system gives to who connects: while it is away, somebody would have it.
        hop.server.listen(LoopbackPorts.free());
        return hop;
    }

    @Override
    public void begin() {
        server.onThread(this::come);
    }

    @Override
    public void end() {
        server.onThread(() -> {
            if (next != null) {
                next.cancel(false);
            }
            server.resume();
        });
    }

    private void come() {
        server.resume();
        next = after(there, this::go);
    }

    private void go() {
        server.pause();
        List.copyOf(clients).forEach(Channel::close);
        next = after(gone, this::come);
    }

    private ScheduledFuture<?> after(Duration time, Runnable task) {
        return server.thread().schedule(task, time.toMillis(), TimeUnit.MILLISECONDS);
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
