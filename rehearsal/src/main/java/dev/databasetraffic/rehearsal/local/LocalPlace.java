package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.emulator.EmulatorException;
import dev.databasetraffic.emulator.EmulatorOptions;
import dev.databasetraffic.emulator.FirestoreEmulator;
import dev.databasetraffic.emulator.ThrowawayAuthority;
import dev.databasetraffic.emulator.TlsFront;
import dev.databasetraffic.rehearsal.experiment.MeshEvent;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.manifest.ManifestException;
import dev.databasetraffic.rehearsal.router.OutboundTraffic;
import dev.databasetraffic.rehearsal.router.RouterOptions;
import dev.databasetraffic.rehearsal.router.Services;
import dev.databasetraffic.rehearsal.router.SniRouter;
import dev.databasetraffic.rehearsal.router.Workload;
import java.io.IOException;
import java.net.InetAddress;
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

    private static final String DATABASE = "firestore.googleapis.com";
    private static final int DATABASE_PORT = 443;
    private static final Workload PLANTS = new Workload("plants", Map.of("app", "plants"));

    /** Well below the second within which a rule takes effect in a cluster. */
    private static final Duration POLL = Duration.ofMillis(100);

    private final PlaceOptions options;
    private final Running running = new Running();
    private final List<Consumer<MeshEvent>> listeners = new CopyOnWriteArrayList<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();

    private @Nullable Parts parts;

    /** What runs, once everything does. */
    private record Parts(
            RunFolder folder,
            FirestoreEmulator emulator,
            TlsFront front,
            SniRouter router,
            EchoProcess echo,
            PlantsProcess plants) {}

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
        LocalPlace place = new LocalPlace(options);
        try {
            place.start();
            return place;
        } catch (EmulatorException e) {
            place.close();
            throw new PlaceException(String.valueOf(e.getMessage()), e);
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
        return parts().emulator().uri();
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
        environment.put("Database", "Firestore emulator, behind TLS as " + DATABASE);
        environment.put("Mesh", "SNI router on this machine, reading istio/");
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
        return new StoredPlants(parts().emulator().uri(), PROJECT).countByName(namePrefix);
    }

    /** Ends everything, in the reverse order of its start. */
    @Override
    public void close() {
        running.close();
    }

    private void start() throws PlaceException, InterruptedException, EmulatorException {
        Jars jars = Jars.of(options.home());
        Ports ports = Ports.free(options.port());
        RunFolder folder = running.add(RunFolder.create(options.home()));
        options.says().accept("starting the Firestore emulator, echo and plants");
        FirestoreEmulator emulator = running.add(FirestoreEmulator.begin(
                EmulatorOptions.defaults().withWorkFolder(folder.path()).withLogFolder(options.logs())));
        ThrowawayAuthority authority = ThrowawayAuthority.create();
        folder.writeTrustStore(authority);
        TlsFront front = running.add(startFront(authority, emulator));
        EchoProcess echo = running.add(EchoProcess.start(jars.echo(), ports, folder, options.logs()));
        SniRouter router = running.add(startRouter(folder, echo, front));
        PlantsProcess plants = running.add(PlantsProcess.start(
                jars.plants(), ports, router.address(), folder, options.logs(), options.serviceProperties()));
        emulator.onUnexpectedEnd(this::trouble);
        emulator.awaitReady();
        options.says().accept("the Firestore emulator is ready");
        echo.process().awaitReady(this::trouble);
        options.says().accept("echo is ready");
        plants.process().awaitReady(this::trouble);
        options.says().accept("plants is ready: " + plants.http());
        parts = new Parts(folder, emulator, front, router, echo, plants);
        folder.announce(plants.http());
    }

    private static TlsFront startFront(ThrowawayAuthority authority, FirestoreEmulator emulator) throws PlaceException {
        try {
            return TlsFront.start(
                    0, authority.issue(DATABASE), new InetSocketAddress(emulator.host(), emulator.port()));
        } catch (IOException e) {
            throw new PlaceException("The TLS front of the emulator could not be started: " + e.getMessage() + ".", e);
        }
    }

    private SniRouter startRouter(RunFolder folder, EchoProcess echo, TlsFront front) throws PlaceException {
        Services services = echo.register(new Services())
                .with(DATABASE, DATABASE_PORT, new InetSocketAddress(InetAddress.getLoopbackAddress(), front.port()));
        try {
            return SniRouter.start(new RouterOptions(
                    0,
                    DATABASE_PORT,
                    DATABASE,
                    options.home().resolve("istio"),
                    folder.outages(),
                    POLL,
                    options.drain(),
                    PLANTS,
                    OutboundTraffic.ALLOW_ANY,
                    services,
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
