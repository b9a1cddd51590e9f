package dev.databasetraffic.faults;

import dev.databasetraffic.kit.LoopbackPorts;
import dev.databasetraffic.kit.TcpServer;
import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Passes bytes on to the database's side, except where the fault in force has it otherwise. For rehearsals only. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are watched through the channels they belong to
final class FaultRelay implements Gate, AutoCloseable {

    /** Enough for a task to find itself after the next selection; one that is due at once would run before it. */
    private static final int SELECTION_MILLIS = 20;

    private final TcpServer server = new TcpServer(this::accepted);
    private final Set<Link> links = new LinkedHashSet<>();

    // Confined to the server's thread, like what is above.
    private InetSocketAddress target;

    private @Nullable ConnectionFault fault;

    private FaultRelay(InetSocketAddress target) {
        this.target = target;
    }

    static FaultRelay start(int port, InetSocketAddress target) throws IOException {
        FaultRelay relay = new FaultRelay(target);
        relay.server.listen(port == 0 ? LoopbackPorts.free() : port);
        return relay;
    }

    InetSocketAddress address() {
        return server.address();
    }

    /** Where healthy connections lead from now on; those of before are reset. */
    void leadTo(InetSocketAddress newTarget) {
        target = newTarget;
        cutAll();
    }

    int connections() {
        return links.size();
    }

    void inject(ConnectionFault newFault, Connections open) {
        newFault.begin(this, open);
        if (open == Connections.CUT) {
            cutAll();
        } else {
            List.copyOf(links).forEach(newFault::left);
        }
        fault = newFault;
    }

    void heal() {
        ConnectionFault ended = fault;
        fault = null;
        accept();
        if (ended != null) {
            List.copyOf(links).forEach(ended::ended);
            ended.end();
        }
    }

    @Override
    public void refuse() {
        server.pause();
    }

    @Override
    public void accept() {
        server.resume();
    }

    /** Returns when it accepts connections, if it is to. */
    void awaitAccepting() throws IOException {
        server.awaitResumed();
    }

    @Override
    public void cutAll() {
        List.copyOf(links).forEach(Link::cut);
    }

    @Override
    public ScheduledFuture<?> every(Duration pause, Runnable task) {
        return server.thread().scheduleAtFixedRate(task, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns when the task is done. */
    void onThread(Runnable task) {
        server.onThread(task);
    }

    /** Returns after the next selection: until then the JDK's selector keeps a closed listener's port open. */
    void awaitSelection() {
        server.thread()
                .schedule(() -> {}, SELECTION_MILLIS, TimeUnit.MILLISECONDS)
                .syncUninterruptibly();
    }

    @Override
    public void close() {
        server.close();
    }

    private void accepted(Channel client) {
        Link link = new Link(client, target);
        links.add(link);
        client.closeFuture().addListener(closed -> links.remove(link));
        if (fault == null) {
            link.leadOn();
        } else {
            fault.accepted(link);
        }
    }
}
