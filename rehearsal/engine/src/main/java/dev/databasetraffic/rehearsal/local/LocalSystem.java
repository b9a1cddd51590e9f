package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.databases.firestore.EmulatorException;
import dev.databasetraffic.databases.firestore.EmulatorOptions;
import dev.databasetraffic.databases.firestore.FirestoreApi;
import dev.databasetraffic.databases.firestore.FirestoreServer;
import dev.databasetraffic.databases.firestore.TokenEndpoint;
import dev.databasetraffic.faults.Wire;
import dev.databasetraffic.kit.ThrowawayAuthority;
import dev.databasetraffic.kit.TlsTerminator;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.mesh.router.Endpoints;
import dev.databasetraffic.mesh.router.Router;
import dev.databasetraffic.mesh.router.RouterOptions;
import dev.databasetraffic.mesh.router.RouterOptions.Entrance;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What runs on this machine: every part a process of its own as in production, except for the sidecar's. */
final class LocalSystem implements AutoCloseable {

    private static final Workload PLANTS = new Workload("plants", Map.of("app", "plants"));

    /** Well below the second within which a rule takes effect in a cluster. */
    private static final Duration POLL = Duration.ofMillis(50);

    private final PlaceOptions options;
    private final Running running = new Running();
    private final Consumer<String> trouble;
    private final RunFolder folder;
    private final FirestoreServer database;
    private final EchoProcess echo;
    private final Router router;
    private final PlantsProcess plants;

    private @Nullable Wire wire;

    private @Nullable TokenEndpoint tokens;

    /**
     * What it has beyond the least.
     *
     * @param names whether the service's JVM takes its names from a file, and remembers an address for 1 s instead of 30 s
     * @param faults whether a {@link Wire} stands between service and mesh, and a {@link TokenEndpoint} in Google's place
     */
    record Extras(boolean names, boolean faults) {}

    /**
     * Starts everything. Returns when the service under test calls itself ready.
     *
     * @param events told of each event of the mesh
     * @param trouble told in a sentence if a process ends by itself
     * @throws PlaceException if something does not start; what did is ended again
     * @throws InterruptedException likewise
     */
    LocalSystem(PlaceOptions options, Extras extras, Consumer<MeshEvent> events, Consumer<String> trouble)
            throws PlaceException, InterruptedException {
        this.options = options;
        this.trouble = trouble;
        boolean started = false;
        try {
            Jars jars = Jars.of(options.home());
            Ports ports = Ports.free(options.port());
            folder = running.add(RunFolder.create(options.home()));
            options.says().accept("starting the database, echo and plants");
            database = running.add(beginDatabase());
            ThrowawayAuthority authority = ThrowawayAuthority.create();
            folder.writeTrustStore(authority);
            echo = running.add(EchoProcess.start(jars.echo(), ports, folder, options.logs()));
            InetSocketAddress front = startFront(authority);
            folder.writeHosts(FirestoreApi.HOST);
            router = running.add(startRouter(front, events));
            plants = running.add(PlantsProcess.start(
                    jars.plants(),
                    ports,
                    extras.faults() ? startWire(authority).address() : router.address(),
                    extras.names() ? folder.hostsFile() : null,
                    extras.faults() ? startTokens() : null,
                    folder,
                    options.logs(),
                    options.serviceProperties()));
            awaitReady();
            started = true;
        } finally {
            if (!started) {
                running.close();
            }
        }
    }

    RunFolder folder() {
        return folder;
    }

    FirestoreServer database() {
        return database;
    }

    EchoProcess echo() {
        return echo;
    }

    Router router() {
        return router;
    }

    PlantsProcess plants() {
        return plants;
    }

    Wire wire() {
        if (wire == null) {
            throw new IllegalStateException("not opened for faults");
        }
        return wire;
    }

    TokenEndpoint tokens() {
        if (tokens == null) {
            throw new IllegalStateException("not opened for faults");
        }
        return tokens;
    }

    /** Ends everything, in the reverse order of its start. */
    @Override
    public void close() {
        running.close();
    }

    private void awaitReady() throws PlaceException, InterruptedException {
        awaitDatabase();
        echo.process().awaitReady(trouble);
        options.says().accept("echo is ready");
        plants.process().awaitReady(trouble);
        options.says().accept("plants is ready: " + plants.http());
        folder.announce(plants.http());
    }

    private FirestoreServer beginDatabase() throws PlaceException {
        try {
            return FirestoreServer.begin(
                    options.database(),
                    EmulatorOptions.defaults().withWorkFolder(folder.path()).withLogFolder(options.logs()));
        } catch (EmulatorException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        }
    }

    private void awaitDatabase() throws PlaceException {
        try {
            database.onUnexpectedEnd(trouble);
            database.awaitReady();
        } catch (EmulatorException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        }
        options.says()
                .accept(
                        database.remark().isEmpty()
                                ? "the " + database.description() + " is ready"
                                : database.remark());
    }

    private InetSocketAddress startFront(ThrowawayAuthority authority) throws PlaceException {
        try {
            TlsTerminator front =
                    running.add(TlsTerminator.start(0, authority.issue(FirestoreApi.HOST), database.address()));
            return front.address();
        } catch (IOException e) {
            throw new PlaceException("The TLS front of the emulator could not be started: " + e.getMessage() + ".", e);
        }
    }

    private Wire startWire(ThrowawayAuthority authority) throws PlaceException {
        try {
            wire = running.add(Wire.start(
                    router.address(), database.address(), authority, FirestoreApi.HOST, FirestoreApi::isWrite));
            return wire;
        } catch (IOException e) {
            throw new PlaceException("The relay of the faults could not be started: " + e.getMessage() + ".", e);
        }
    }

    private Path startTokens() throws PlaceException {
        Path credentials = folder.path().resolve("credentials.json");
        try {
            tokens = running.add(TokenEndpoint.start());
            tokens.writeCredentials(credentials);
            return credentials;
        } catch (IOException e) {
            throw new PlaceException("The token endpoint could not be started: " + e.getMessage() + ".", e);
        }
    }

    private Router startRouter(InetSocketAddress front, Consumer<MeshEvent> events) throws PlaceException {
        Endpoints endpoints = echo.register(new Endpoints()).with(FirestoreApi.HOST, FirestoreApi.PORT, front);
        try {
            return Router.start(new RouterOptions(
                    List.of(new Entrance(0, FirestoreApi.HOST, FirestoreApi.PORT)),
                    List.of(options.home().resolve("k8s"), options.home().resolve("istio")),
                    folder.outages(),
                    POLL,
                    options.drain(),
                    PLANTS,
                    MeshOptions.DEFAULTS,
                    endpoints,
                    events,
                    options.says()));
        } catch (ManifestException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new PlaceException("The router could not be started: " + e.getMessage() + ".", e);
        }
    }
}
