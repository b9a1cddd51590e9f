package dev.databasetraffic.rehearsal.compose;

import dev.databasetraffic.databases.firestore.FirestoreApi;
import dev.databasetraffic.mesh.admission.AdmissionControl;
import dev.databasetraffic.mesh.admission.Refusal;
import dev.databasetraffic.mesh.check.RuleNotes;
import dev.databasetraffic.mesh.envoy.EnvoyAdmin;
import dev.databasetraffic.mesh.envoy.EnvoyFlows;
import dev.databasetraffic.mesh.envoy.EnvoyWatch;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.ManifestReader;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.page.Watchable;
import dev.databasetraffic.rehearsal.page.Watched;
import dev.databasetraffic.rehearsal.page.WatchedEnvoys;
import dev.databasetraffic.rehearsal.plants.EmulatedPlants;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** The system of docker-compose.yml: started if it does not run yet, and then ended again. */
public final class ComposePlace implements Place, Watchable {

    static final String SERVICE_NAME = "plants";
    static final URI SERVICE = URI.create("http://127.0.0.1:8080");
    static final URI ADMIN = URI.create("http://127.0.0.1:9901");
    private static final URI DATABASE = URI.create("http://127.0.0.1:8090");
    private static final String PROJECT = "database-traffic";
    private static final String BY_HAND = "By hand: docker compose exec envoy outage stop";

    /** What {@code outage start} ends with where Envoy does the same as before. */
    private static final int WITHOUT_EFFECT = 1;

    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration COMMAND = Duration.ofSeconds(30);
    private static final Duration PACE = Duration.ofMillis(100);

    private final PlaceOptions options;
    private final DockerCompose compose;
    private final boolean started;
    private final EnvoyAdmin admin = new EnvoyAdmin(ADMIN);
    private final EnvoyWatch watch;
    private final String envoy;
    private boolean closed;
    private boolean applied;
    private volatile List<String> ofOutage = List.of();

    private ComposePlace(PlaceOptions options, DockerCompose compose, boolean started)
            throws PlaceException, InterruptedException {
        this.options = options;
        this.compose = compose;
        this.started = started;
        try {
            envoy = admin.version();
        } catch (IOException e) {
            throw new PlaceException("Envoy's admin interface does not answer at " + ADMIN + ": " + e + ".", e);
        }
        watch = EnvoyWatch.start(List.of(admin), FirestoreApi.HOST, FirestoreApi.PORT, PACE);
    }

    /**
     * Starts what does not run yet, and ends an outage that somebody left behind.
     *
     * @throws PlaceException if something does not start; what did is ended again
     * @throws InterruptedException likewise
     */
    public static ComposePlace open(PlaceOptions options) throws PlaceException, InterruptedException {
        if (options.port() != 0 && options.port() != SERVICE.getPort()) {
            throw new PlaceException("docker-compose.yml publishes plants at port " + SERVICE.getPort()
                    + "; leave --port out with --on compose.");
        }
        DockerCompose compose =
                new DockerCompose(options.home(), options.logs().resolve("compose.log"), ComposeVariables.of(options));
        boolean started = compose.run(COMMAND, null, "ps", "--quiet", "plants").isBlank();
        try {
            options.says().accept("docker compose up: plants, echo, Envoy and the Firestore emulator");
            compose.run(START, null, "up", "--detach", "--wait", "plants", "echo");
            compose.run(COMMAND, null, "exec", "-T", "envoy", "outage", "stop");
            return new ComposePlace(options, compose, started);
        } catch (PlaceException | InterruptedException | RuntimeException e) {
            if (started) {
                compose.run(COMMAND.multipliedBy(2), null, "down");
            }
            throw e;
        }
    }

    @Override
    public String name() {
        return "compose";
    }

    @Override
    public URI service() {
        return SERVICE;
    }

    @Override
    public Watched watched() {
        return new WatchedEnvoys(
                SERVICE_NAME,
                SERVICE,
                FirestoreApi.HOST,
                options.drain(),
                Map.of(SERVICE_NAME, new EnvoyFlows(admin, FirestoreApi.HOST, FirestoreApi.PORT)),
                () -> compose.log(SERVICE_NAME),
                watch::onMeshEvent);
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("Database", "Firestore emulator, behind TLS as " + FirestoreApi.HOST);
        environment.put("Mesh", "Envoy " + envoy);
        environment.put("Drain time", options.drain().toMillis() / 1000.0 + " s");
        options.serviceProperties().forEach((key, value) -> environment.put("plants: " + key, value));
        return environment;
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(ofOutage);
        notes.addAll(watch.notes());
        return notes;
    }

    @Override
    public void onMeshEvent(Consumer<MeshEvent> listener) {
        watch.onMeshEvent(listener);
    }

    @Override
    public void apply(Path outage) throws PlaceException {
        try {
            ofOutage = foresee(outage);
            applied = true;
            int status = compose.run(
                            Set.of(0, WITHOUT_EFFECT), COMMAND, outage, "exec", "-T", "envoy", "outage", "start", "-")
                    .status();
            if (status == WITHOUT_EFFECT && ofOutage.isEmpty()) {
                ofOutage = List.of(outage + " changes nothing for plants: it is for other hosts, ports or pods.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlaceException("Interrupted while the outage was applied. " + BY_HAND, e);
        }
    }

    /** What the check says of it, as in the other places. */
    private List<String> foresee(Path outage) throws PlaceException {
        try {
            ManifestReader reader = new ManifestReader();
            List<Path> steadyState =
                    List.of(options.home().resolve("k8s"), options.home().resolve("istio"));
            List<Manifest> manifests = reader.read(List.of(outage)).orThrow();
            for (Refusal refusal : AdmissionControl.of(manifests)) {
                throw new PlaceException(refusal + ".");
            }
            return RuleNotes.of(reader.read(steadyState).orThrow(), manifests, MeshOptions.DEFAULTS);
        } catch (ManifestException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void remove() throws PlaceException {
        if (!applied) {
            return;
        }
        try {
            compose.run(COMMAND, null, "exec", "-T", "envoy", "outage", "stop");
            applied = false;
        } catch (PlaceException e) {
            throw new PlaceException(e.getMessage() + " The outage may be in force still. " + BY_HAND, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlaceException("Interrupted while the outage was removed. " + BY_HAND, e);
        }
    }

    @Override
    public Map<String, Integer> stored(String namePrefix) throws PlaceException {
        return new EmulatedPlants(DATABASE, PROJECT).count(namePrefix);
    }

    @Override
    public void close() throws PlaceException {
        if (closed) {
            return;
        }
        closed = true;
        watch.close();
        remove();
        if (started) {
            try {
                compose.run(COMMAND.multipliedBy(2), null, "down");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PlaceException("Interrupted while the system was ended. By hand: docker compose down", e);
            }
        }
    }
}
