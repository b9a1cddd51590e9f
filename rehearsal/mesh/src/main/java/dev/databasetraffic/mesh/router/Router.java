package dev.databasetraffic.mesh.router;

import dev.databasetraffic.kit.ByteRelay;
import dev.databasetraffic.kit.TcpServer;
import dev.databasetraffic.mesh.admission.AdmissionControl;
import dev.databasetraffic.mesh.check.RuleNotes;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.ManifestReader;
import dev.databasetraffic.mesh.model.FilterChain;
import dev.databasetraffic.mesh.router.RouterOptions.Entrance;
import dev.databasetraffic.mesh.traffic.Flow;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.mesh.traffic.RuleInForce;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for the sidecar: takes the connections that a workload means for its hosts, and passes their bytes through to
 * where the manifests send them, by the server name of the TLS greeting where hosts share a port, else by the port and
 * address alone. It never sees into TLS.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty's futures are watched through the channels they belong to
public final class Router implements AutoCloseable {

    private final RouterOptions options;
    private final OutageFolder folder;
    private final List<Manifest> steadyState;
    private final List<TcpServer> servers = new ArrayList<>();
    private final OpenConnections connections = new OpenConnections();
    private final Tallies tallies = new Tallies();
    private final @Nullable FilterChain steady;

    private volatile List<Manifest> outages;

    /** Written by the first server's thread alone. */
    private volatile Routing routing;

    // Confined to the first server's thread.
    private Map<Path, String> versions;
    private boolean awaitsOldConnections;
    private boolean awaitsDiversion;

    private Router(RouterOptions options) throws ManifestException, IOException {
        this.options = options;
        folder = new OutageFolder(options.outages());
        steadyState = AdmissionControl.admit(
                new ManifestReader().read(options.steadyState()).orThrow());
        versions = folder.versions();
        outages = folder.read();
        routing = routing(outages);
        steady = chain(routing(List.of()));
    }

    /**
     * Returns when it listens with the manifests' routes.
     *
     * @throws ManifestException if a manifest cannot be read, or the API server would not take it
     * @throws IOException if it cannot listen, or a folder cannot be read
     */
    public static Router start(RouterOptions options) throws ManifestException, IOException {
        Router router = new Router(options);
        try {
            router.listen();
        } catch (IOException e) {
            router.close();
            throw e;
        }
        return router;
    }

    private void listen() throws IOException {
        TcpServer first = null;
        for (Entrance entrance : options.entrances()) {
            TcpServer server = first == null
                    ? new TcpServer(client -> accept(client, entrance))
                    : first.beside(client -> accept(client, entrance));
            first = first == null ? server : first;
            servers.add(server);
            server.listen(entrance.port());
        }
        long poll = options.poll().toMillis();
        thread().scheduleWithFixedDelay(this::reloadIfChanged, poll, poll, TimeUnit.MILLISECONDS);
    }

    /** Where the first entrance is. */
    public InetSocketAddress address() {
        return address(0);
    }

    /** Where an entrance is, by its index. */
    public InetSocketAddress address(int entrance) {
        return servers.get(entrance).address();
    }

    /** What the outages now in force do not do, or do besides what they seem to; a sentence each. */
    public List<String> notes() {
        return RuleNotes.of(steadyState, outages, options.mesh());
    }

    /** What went where so far, by host and target. */
    public List<Flow> flows() {
        return tallies.flows();
    }

    /** The rules that lead the connections of the entrances' hosts at this moment. */
    public List<RuleInForce> rules() {
        return routing.rules(options.entrances());
    }

    /**
     * Puts a manifest into the folder of outages; its routes are in force on return.
     *
     * @throws ManifestException if it cannot be read; nothing was changed then
     * @throws IOException if the folder cannot be written
     */
    public void apply(Path outage) throws ManifestException, IOException {
        onThread(() -> {
            OutageFolder.read(outage);
            Path place = folder.place(outage);
            byte[] before = Files.exists(place) ? Files.readAllBytes(place) : null;
            folder.put(outage);
            try {
                reload();
            } catch (ManifestException | IOException e) {
                // Of another: this one would come into force as soon as that is mended.
                if (before == null) {
                    Files.deleteIfExists(place);
                } else {
                    Files.write(place, before);
                }
                // What is wrong with the other was told.
                versions = folder.versions();
                throw e;
            }
            return null;
        });
    }

    /**
     * Empties the folder of outages; the healthy routes are in force on return.
     *
     * @throws IOException if a file cannot be removed
     */
    public void removeOutages() throws ManifestException, IOException {
        onThread(() -> {
            folder.clear();
            reload();
            return null;
        });
    }

    /** Ends its connections as well. */
    @Override
    public void close() {
        servers.forEach(TcpServer::close);
    }

    private void accept(Channel client, Entrance entrance) {
        ByteRelay.readLargePieces(client);
        if (routing.goesByServerName(entrance)) {
            client.pipeline().addLast(new Greeting(serverName -> lead(client, entrance, serverName)));
            client.config().setAutoRead(true);
        } else {
            lead(client, entrance, null).addListener((Future<Channel> found) -> Greeting.join(client, found));
        }
    }

    private Future<Channel> lead(Channel client, Entrance entrance, @Nullable String serverName) {
        FilterChain chain = routing.chain(entrance, serverName);
        connections.add(client, entrance, serverName, chain, this::tellIfOldConnectionsGone);
        String host = serverName == null ? entrance.host() : serverName;
        Way way = Way.choose(
                chain, host, entrance.meshPort(), routing.proxy(), options.endpoints(), ThreadLocalRandom.current());
        tellIfDiverted(chain, way);
        return tallies.of(host, way).dial(client, way);
    }

    private void reloadIfChanged() {
        try {
            if (!folder.versions().equals(versions)) {
                reload();
            }
        } catch (ManifestException | IOException e) {
            options.problems().accept("The outage folder's change is not in force: " + e.getMessage());
        }
    }

    private void reload() throws ManifestException, IOException {
        // Remembered first: a file that cannot be read is reported once, not at every look.
        versions = folder.versions();
        List<Manifest> read = folder.read();
        Routing next = routing(read);
        FilterChain before = chain(routing);
        FilterChain now = chain(next);
        outages = read;
        routing = next;
        connections.drain(next, options.drain());
        if (OpenConnections.same(now, before)) {
            return;
        }
        if (OpenConnections.same(now, steady)) {
            awaitsOldConnections = false;
            awaitsDiversion = false;
            tell(MeshEvent.Kind.REMOVED, "new connections go to " + Way.describe(now));
        } else {
            tell(MeshEvent.Kind.APPLIED, "new connections go to " + Way.describe(now));
            awaitsDiversion = true;
            awaitsOldConnections = true;
            tellIfOldConnectionsGone();
        }
    }

    private Routing routing(List<Manifest> applied) {
        List<Manifest> all = new ArrayList<>(steadyState);
        all.addAll(applied);
        return Routing.of(all, options.mesh(), options.workload());
    }

    /** The way of the host whose way is told. */
    private @Nullable FilterChain chain(Routing at) {
        return at.chain(options.entrances().get(0));
    }

    private void tellIfOldConnectionsGone() {
        if (awaitsOldConnections && !connections.any(steady)) {
            awaitsOldConnections = false;
            tell(MeshEvent.Kind.OLD_CONNECTION_GONE, "no connection that was open before the rule is left");
        }
    }

    private void tellIfDiverted(@Nullable FilterChain chain, Way way) {
        Entrance first = options.entrances().get(0);
        boolean toItself = way instanceof Way.To to && to.target().equals(first.host() + ":" + first.meshPort());
        if (awaitsDiversion && !toItself && OpenConnections.same(chain, chain(routing))) {
            awaitsDiversion = false;
            tell(MeshEvent.Kind.DIVERTED, way.description());
        }
    }

    private void tell(MeshEvent.Kind kind, String detail) {
        options.events().accept(new MeshEvent(kind, Instant.now(), detail));
    }

    private EventLoop thread() {
        return servers.get(0).thread();
    }

    /** Throws what the action throws. */
    private void onThread(Callable<@Nullable Void> action) throws ManifestException, IOException {
        thread().submit(action).syncUninterruptibly();
    }
}
