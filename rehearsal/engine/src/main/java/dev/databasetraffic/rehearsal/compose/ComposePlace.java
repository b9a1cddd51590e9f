package dev.databasetraffic.rehearsal.compose;

import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.mesh.admission.AdmissionControl;
import dev.databasetraffic.mesh.check.RuleNotes;
import dev.databasetraffic.mesh.envoy.EnvoyAdmin;
import dev.databasetraffic.mesh.envoy.EnvoyFlows;
import dev.databasetraffic.mesh.envoy.EnvoyWatch;
import dev.databasetraffic.mesh.envoy.HostInMesh;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.ManifestReader;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.mesh.traffic.RuleInForce;
import dev.databasetraffic.rehearsal.experiment.DatabaseCall;
import dev.databasetraffic.rehearsal.experiment.DatabaseUnderTest;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.experiment.ServiceUnderTest;
import dev.databasetraffic.rehearsal.page.RuleLookup;
import dev.databasetraffic.rehearsal.page.Watchable;
import dev.databasetraffic.rehearsal.page.Watched;
import dev.databasetraffic.rehearsal.page.WatchedEnvoys;
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
import org.jspecify.annotations.Nullable;

/** The system of docker-compose.yml: started if it does not run yet, and then ended again. */
public final class ComposePlace implements Place, Watchable {

    static final URI ADMIN = URI.create("http://127.0.0.1:9901");
    private static final String BY_HAND = "By hand: docker compose exec envoy outage stop";

    /** What {@code outage start} ends with where Envoy does the same as before. */
    private static final int WITHOUT_EFFECT = 1;

    private static final Duration START = Duration.ofMinutes(5);
    private static final Duration COMMAND = Duration.ofSeconds(30);
    private static final Duration DOWN = Duration.ofMinutes(1);
    private static final Duration PACE = Duration.ofMillis(100);

    private final PlaceOptions options;
    private final Experiment experiment;
    private final ServiceUnderTest.Composed composed;
    private final DockerCompose compose;
    private final boolean started;
    private final EnvoyAdmin admin = new EnvoyAdmin(ADMIN);
    private final EnvoyWatch watch;
    private final Map<String, WatchedEnvoys.Instance> instances;
    private final String envoy;
    private boolean closed;
    private boolean applied;
    private volatile @Nullable Path outage;
    private volatile List<String> ofOutage = List.of();

    private ComposePlace(
            PlaceOptions options,
            Experiment experiment,
            ServiceUnderTest.Composed composed,
            DockerCompose compose,
            boolean started)
            throws PlaceException, InterruptedException {
        this.options = options;
        this.experiment = experiment;
        this.composed = composed;
        this.compose = compose;
        this.started = started;
        instances = instances(admin, experiment);
        try {
            envoy = admin.version();
        } catch (IOException e) {
            throw new PlaceException("Envoy's admin interface does not answer at " + ADMIN + ": " + e + ".", e);
        }
        watch = EnvoyWatch.start(List.of(admin), host(experiment), PACE);
    }

    /**
     * Starts what does not run yet, and ends an outage that somebody left behind.
     *
     * @throws PlaceException if something does not start; what did is ended again
     * @throws InterruptedException likewise
     */
    public static ComposePlace open(PlaceOptions options, Experiment experiment)
            throws PlaceException, InterruptedException {
        ServiceUnderTest.Composed composed = composed(experiment);
        if (options.port() != 0 && options.port() != composed.url().getPort()) {
            throw new PlaceException(
                    "docker-compose.yml publishes " + experiment.service().name() + " at port "
                            + composed.url().getPort() + "; leave --port out with --on compose.");
        }
        String name = experiment.service().name();
        DockerCompose compose =
                new DockerCompose(options.home(), options.logs().resolve("compose.log"), ComposeVariables.of(options));
        boolean started = compose.run(COMMAND, null, "ps", "--quiet", name).isBlank();
        try {
            options.says().accept("docker compose up: " + name + ", echo, Envoy and the database");
            compose.run(START, null, "up", "--detach", "--wait", name, "echo");
            compose.run(COMMAND, null, "exec", "-T", "envoy", "outage", "stop");
            return new ComposePlace(options, experiment, composed, compose, started);
        } catch (PlaceException | InterruptedException | RuntimeException e) {
            if (started) {
                compose.finish(DOWN, "down");
            }
            throw e;
        }
    }

    static ServiceUnderTest.Composed composed(Experiment experiment) throws PlaceException {
        ServiceUnderTest.Composed composed = experiment.service().compose();
        if (composed == null) {
            throw new PlaceException("The experiment does not say that docker-compose.yml has its service"
                    + " (service.compose); rehearse it on this machine, or with --on kubernetes.");
        }
        return composed;
    }

    @Override
    public String name() {
        return "compose";
    }

    @Override
    public URI service() {
        return composed.url();
    }

    @Override
    public Watched watched() {
        return watched(
                experiment,
                composed,
                compose,
                options.drain(),
                () -> instances,
                new RuleLookup(this::rules),
                watch::onMeshEvent);
    }

    /** What was applied here; else what may have been by hand. */
    private List<RuleInForce> rules() throws ManifestException, IOException {
        Path own = outage;
        return own == null
                ? ComposedRules.of(options.home(), experiment)
                : ComposedRules.of(options.home(), experiment, List.of(own));
    }

    static Watched watched(
            Experiment experiment,
            ServiceUnderTest.Composed composed,
            DockerCompose compose,
            Duration drain,
            WatchedEnvoys.Instances instances,
            RuleLookup rules,
            Consumer<Consumer<MeshEvent>> events) {
        String name = experiment.service().name();
        return new WatchedEnvoys(
                name,
                composed.url(),
                experiment.database().host(),
                drain,
                instances,
                () -> compose.log(name),
                rules,
                events);
    }

    static Map<String, WatchedEnvoys.Instance> instances(EnvoyAdmin admin, Experiment experiment) {
        EnvoyFlows flows = new EnvoyFlows(admin, host(experiment));
        return Map.of(experiment.service().name(), new WatchedEnvoys.Instance(flows, true));
    }

    static HostInMesh host(Experiment experiment) {
        DatabaseUnderTest database = experiment.database();
        return HostInMesh.of(database.host(), database.port(), database.isTls());
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put(
                "Database",
                composed.description() + ", as " + experiment.database().host());
        environment.put("Mesh", "Envoy " + envoy);
        environment.put("Drain time", options.drain().toMillis() / 1000.0 + " s");
        options.serviceProperties()
                .forEach((key, value) -> environment.put(experiment.service().name() + ": " + key, value));
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
    public void apply(Path manifest) throws PlaceException {
        try {
            ofOutage = foresee(manifest);
            applied = true;
            outage = manifest;
            int status = compose.run(
                            Set.of(0, WITHOUT_EFFECT), COMMAND, manifest, "exec", "-T", "envoy", "outage", "start", "-")
                    .status();
            // Docker, too, ends with that where it fails itself.
            if (status == WITHOUT_EFFECT
                    && !compose.run(COMMAND, null, "exec", "-T", "envoy", "outage", "status")
                            .contains("The outage of ")) {
                throw new PlaceException(manifest + " could not be applied; see the log of docker compose. " + BY_HAND);
            }
            if (status == WITHOUT_EFFECT && ofOutage.isEmpty()) {
                ofOutage = List.of(manifest + " changes nothing for "
                        + experiment.service().name() + ": it is for other hosts, ports or pods.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlaceException("Interrupted while the outage was applied. " + BY_HAND, e);
        }
    }

    /** What the check says of it, as in the other places. */
    private List<String> foresee(Path manifest) throws PlaceException {
        try {
            ManifestReader reader = new ManifestReader();
            List<Path> steadyState =
                    List.of(options.home().resolve("k8s"), options.home().resolve("istio"));
            List<Manifest> manifests =
                    AdmissionControl.admit(reader.read(List.of(manifest)).orThrow());
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
            compose.finish(COMMAND, "exec", "-T", "envoy", "outage", "stop");
            applied = false;
            outage = null;
        } catch (PlaceException e) {
            throw new PlaceException(e.getMessage() + " The outage may be in force still. " + BY_HAND, e);
        }
    }

    @Override
    public @Nullable Map<String, Integer> stored(String keyPrefix) throws PlaceException {
        ReadBack stored = experiment.database().stored();
        return stored == null ? null : DatabaseCall.of("read back", () -> stored.count(composed.source(), keyPrefix));
    }

    @Override
    public void close() throws PlaceException {
        if (closed) {
            return;
        }
        closed = true;
        watch.close();
        try {
            remove();
        } finally {
            if (started) {
                compose.finish(DOWN, "down");
            }
        }
    }
}
