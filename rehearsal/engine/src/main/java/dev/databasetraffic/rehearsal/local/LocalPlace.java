package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.databases.firestore.FirestoreApi;
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
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.plants.EmulatedPlants;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The whole system on this machine, each part a process of its own as in production, except for the sidecar's part. */
public final class LocalPlace implements Place {

    /** The Google Cloud project that the service writes to. */
    static final String PROJECT = "rehearsal";

    private static final Workload PLANTS = new Workload("plants", Map.of("app", "plants"));

    /** Well below the second within which a rule takes effect in a cluster. */
    private static final Duration POLL = Duration.ofMillis(50);

    private final PlaceOptions options;
    private final Running running = new Running();
    private final List<Consumer<MeshEvent>> listeners = new CopyOnWriteArrayList<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();

    private @Nullable Parts parts;

    private @Nullable Wire wire;

    private @Nullable TokenEndpoint tokens;

    /** What runs, once everything does. */
    private record Parts(
            RunFolder folder, EmulatorDatabase database, Router router, EchoProcess echo, PlantsProcess plants) {}

    private LocalPlace(PlaceOptions options) {
        this.options = options;
    }

    /**
     * Starts everything. Returns when the service under test calls itself ready.
     *
     * @throws PlaceException if something does not start; what did is ended again
     * @throws InterruptedException likewise
     */
    public static LocalPlace open(PlaceOptions options) throws PlaceException, InterruptedException {
        return open(options, false, false);
    }

    /**
     * Starts everything so that {@link #forgetName} has an effect: the service's JVM takes its names from a file and
     * remembers an address for 1 s instead of 30 s.
     *
     * @throws PlaceException if something does not start; what did is ended again
     * @throws InterruptedException likewise
     */
    public static LocalPlace openWithOwnNames(PlaceOptions options) throws PlaceException, InterruptedException {
        return open(options, true, false);
    }

    /**
     * Starts everything so that any fault can be made: with {@link #wire()} between the service and the mesh, own names, and
     * {@link #tokens()} in place of Google's.
     *
     * @throws PlaceException if something does not start; what did is ended again
     * @throws InterruptedException likewise
     */
    public static LocalPlace openForFaults(PlaceOptions options) throws PlaceException, InterruptedException {
        return open(options, true, true);
    }

    private static LocalPlace open(PlaceOptions options, boolean withOwnNames, boolean withWire)
            throws PlaceException, InterruptedException {
        LocalPlace place = new LocalPlace(options);
        try {
            place.start(withOwnNames, withWire);
            return place;
        } catch (PlaceException | InterruptedException | RuntimeException e) {
            place.close();
            throw e;
        }
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public URI service() {
        return parts().plants().http();
    }

    /** The management interface of the service under test. */
    public URI management() {
        return parts().plants().management();
    }

    /** The emulator's REST interface, which the outage does not touch. */
    public URI database() {
        return parts().database().uri();
    }

    /**
     * Kills the database's process. What is stored is kept for {@link #revive}, so whoever calls this has first to see to
     * it that nothing is acknowledged meanwhile.
     *
     * @throws PlaceException if what is stored cannot be kept; the process runs on then
     */
    public void crash() throws PlaceException {
        parts().database().crash();
    }

    /**
     * Starts the database's process again, at the same address and with what was stored; returns when it answers. Does
     * nothing if it runs.
     *
     * @throws PlaceException if it does not start
     */
    public void revive() throws PlaceException {
        parts().database().revive();
    }

    /**
     * From now on the service's JVM cannot resolve the database's name. Open connections live on.
     *
     * @throws PlaceException if the file of names cannot be written
     */
    public void forgetName() throws PlaceException {
        parts().folder().writeHosts("");
    }

    /**
     * Ends what {@link #forgetName} began; a JVM may remember for a second that a name was unknown.
     *
     * @throws PlaceException if the file of names cannot be written
     */
    public void recallName() throws PlaceException {
        parts().folder().writeHosts(FirestoreApi.HOST);
    }

    /** Where faults are made, in a place that was opened for them. */
    public Wire wire() {
        if (wire == null) {
            throw new IllegalStateException("not opened for faults");
        }
        return wire;
    }

    /** Where the service gets its tokens, in a place that was opened for faults. */
    public TokenEndpoint tokens() {
        if (tokens == null) {
            throw new IllegalStateException("not opened for faults");
        }
        return tokens;
    }

    /** The process of the service that outages lead to. */
    public EchoProcess echo() {
        return parts().echo();
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("Java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        environment.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        environment.put("Processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        environment.put("Database", "Firestore emulator, behind TLS as " + FirestoreApi.HOST);
        environment.put("Mesh", "router on this machine, reading k8s/ and istio/");
        environment.put("Drain time", options.drain().toMillis() / 1000.0 + " s");
        options.serviceProperties().forEach((key, value) -> environment.put("plants: " + key, value));
        return environment;
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(parts().router().notes());
        notes.addAll(troubles);
        return notes;
    }

    @Override
    public void onMeshEvent(Consumer<MeshEvent> listener) {
        listeners.add(listener);
    }

    @Override
    public void apply(Path outage) throws PlaceException {
        try {
            parts().router().apply(outage);
        } catch (ManifestException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new PlaceException(
                    outage + " could not be applied: " + e + ". Is the disk full, or "
                            + parts().folder().outages() + " not writable?",
                    e);
        }
    }

    @Override
    public void remove() throws PlaceException {
        try {
            parts().router().removeOutages();
        } catch (ManifestException | IOException e) {
            throw new PlaceException(
                    "The outage could not be removed: " + e.getMessage() + ". By hand: delete the files in "
                            + parts().folder().outages() + ", or end this process, which ends the router with it.",
                    e);
        }
    }

    @Override
    public Map<String, Integer> stored(String namePrefix) throws PlaceException {
        return new EmulatedPlants(parts().database().uri(), PROJECT).count(namePrefix);
    }

    /** Ends everything, in the reverse order of its start. */
    @Override
    public void close() {
        running.close();
    }

    private void start(boolean withOwnNames, boolean withWire) throws PlaceException, InterruptedException {
        Jars jars = Jars.of(options.home());
        Ports ports = Ports.free(options.port());
        RunFolder folder = running.add(RunFolder.create(options.home()));
        options.says().accept("starting the Firestore emulator, echo and plants");
        EmulatorDatabase database = running.add(EmulatorDatabase.begin(folder, options.logs(), this::trouble));
        ThrowawayAuthority authority = ThrowawayAuthority.create();
        folder.writeTrustStore(authority);
        EchoProcess echo = running.add(EchoProcess.start(jars.echo(), ports, folder, options.logs()));
        InetSocketAddress front = startFront(authority, database);
        folder.writeHosts(FirestoreApi.HOST);
        Router router = running.add(startRouter(folder, echo, front));
        PlantsProcess plants = running.add(PlantsProcess.start(
                jars.plants(),
                ports,
                withWire ? startWire(router, database, authority).address() : router.address(),
                withOwnNames ? folder.hostsFile() : null,
                withWire ? startTokens(folder) : null,
                folder,
                options.logs(),
                options.serviceProperties()));
        database.awaitReady();
        options.says().accept("the Firestore emulator is ready");
        echo.process().awaitReady(this::trouble);
        options.says().accept("echo is ready");
        plants.process().awaitReady(this::trouble);
        options.says().accept("plants is ready: " + plants.http());
        parts = new Parts(folder, database, router, echo, plants);
        folder.announce(plants.http());
    }

    private InetSocketAddress startFront(ThrowawayAuthority authority, EmulatorDatabase database)
            throws PlaceException {
        try {
            TlsTerminator front =
                    running.add(TlsTerminator.start(0, authority.issue(FirestoreApi.HOST), database.address()));
            return front.address();
        } catch (IOException e) {
            throw new PlaceException("The TLS front of the emulator could not be started: " + e.getMessage() + ".", e);
        }
    }

    private Wire startWire(Router router, EmulatorDatabase database, ThrowawayAuthority authority)
            throws PlaceException {
        try {
            wire = running.add(Wire.start(
                    router.address(), database.address(), authority, FirestoreApi.HOST, FirestoreApi::isWrite));
            return wire;
        } catch (IOException e) {
            throw new PlaceException("The relay of the faults could not be started: " + e.getMessage() + ".", e);
        }
    }

    private Path startTokens(RunFolder folder) throws PlaceException {
        Path credentials = folder.path().resolve("credentials.json");
        try {
            tokens = running.add(TokenEndpoint.start());
            tokens.writeCredentials(credentials);
            return credentials;
        } catch (IOException e) {
            throw new PlaceException("The token endpoint could not be started: " + e.getMessage() + ".", e);
        }
    }

    private Router startRouter(RunFolder folder, EchoProcess echo, InetSocketAddress front) throws PlaceException {
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
                    event -> listeners.forEach(listener -> listener.accept(event)),
                    options.says()));
        } catch (ManifestException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new PlaceException("The router could not be started: " + e.getMessage() + ".", e);
        }
    }

    private void trouble(String sentence) {
        troubles.add(sentence);
        options.says().accept(sentence);
    }

    private Parts parts() {
        if (parts == null) {
            throw new IllegalStateException("not started");
        }
        return parts;
    }
}
