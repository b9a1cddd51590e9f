package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.mesh.envoy.EnvoyWatch;
import dev.databasetraffic.mesh.envoy.HostInMesh;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.mesh.traffic.RuleInForce;
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
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
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

/** The cluster that {@code KUBECONFIG} names, with the service deployed in it. It starts nothing but its own guard. */
public final class KubernetesPlace implements Place, Watchable {

    /** What is left of an outage when the last old connection has ended, at least. */
    private static final Duration FELT_FOR = Duration.ofSeconds(5);

    private static final Duration PACE = Duration.ofMillis(200);

    private final KubernetesClient client;
    private final ClusterAccess access;
    private final String namespace;
    private final Map<String, String> environment;
    private final URI service;
    private final @Nullable ClusterReadBack readBack;
    private final EnvoyWatch watch;
    private final Watched watched;
    private final Guard guard;
    private final InjectedRules rules;
    private final DatabaseUnderTest database;
    private final Workload workload;
    private final ClusterMesh mesh;
    private final List<String> foreseen = new CopyOnWriteArrayList<>();
    private volatile @Nullable RuleInForce own;
    private boolean closed;

    private KubernetesPlace(
            PlaceOptions options,
            Experiment experiment,
            ServiceUnderTest.Deployed deployed,
            KubernetesClient client,
            ClusterAccess access)
            throws PlaceException, IOException, InterruptedException {
        this.client = client;
        this.access = access;
        this.namespace = deployed.namespace();
        Preflight preflight = new Preflight(client, deployed);
        String host = experiment.database().host();
        environment = new LinkedHashMap<>(preflight.versions());
        Service named = preflight.service();
        List<Pod> pods = preflight.readyPods(named);
        database = experiment.database();
        workload = new Workload(namespace, pods.get(0).getMetadata().getLabels());
        mesh = ClusterMesh.of(workload);
        HostInMesh hostInMesh = mesh.host(database);
        mesh.requireUnclaimed(experiment.database());
        service = access.toService(named, deployed.port());
        readBack = ClusterReadBack.of(client, access, namespace, service, experiment.database());
        Sidecars sidecars = Sidecars.of(access, pods);
        Duration drain = requireShorterThanOutage(sidecars.longestDrain(), experiment);
        environment.put("Drain time", drain.toMillis() / 1000.0 + " s");
        environment.put("Envoy", sidecars.all().get(0).version());
        environment.put("Pods", String.valueOf(pods.size()));
        environment.put("Database", host + (readBack == null ? ", not read" : ", " + readBack.description()));
        environment.put("Reached through", service.toString());
        options.says().accept("the cluster is fit; starting the guard, which ends the outage if this process dies");
        String name = "rehearsal-guard-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        guard = Guard.start(client, namespace, name, preflight.guardImage());
        rules = new InjectedRules(client, namespace, guard);
        watch = EnvoyWatch.start(sidecars.all(), hostInMesh, PACE);
        WatchedPods instances = new WatchedPods(client, access, named, hostInMesh, null);
        watched = new WatchedEnvoys(
                deployed.service(),
                service,
                host,
                drain,
                instances,
                () -> new PodLogs(client, named, instances::names),
                new RuleLookup(this::rulesInForce),
                watch::onMeshEvent);
    }

    /** What was applied here; else what somebody else did. */
    private List<RuleInForce> rulesInForce() throws PlaceException {
        RuleInForce rule = own;
        return rule == null ? ClusterMesh.of(workload).rule(database).stream().toList() : List.of(rule);
    }

    /**
     * Connects to the cluster and looks whether a rehearsal there would mean anything.
     *
     * @throws PlaceException if it would not, or the cluster cannot be reached; nothing was changed then
     * @throws InterruptedException likewise
     */
    public static KubernetesPlace open(PlaceOptions options, Experiment experiment)
            throws PlaceException, InterruptedException {
        ServiceUnderTest.Deployed deployed = deployed(experiment);
        if (!options.serviceProperties().isEmpty()) {
            throw new PlaceException("--on kubernetes takes the service as it is deployed; set "
                    + String.join(", ", options.serviceProperties().keySet()) + " where it is deployed.");
        }
        KubernetesClient client = client();
        ClusterAccess access = new ClusterAccess(client, deployed.namespace());
        boolean opened = false;
        try {
            KubernetesPlace place = new KubernetesPlace(options, experiment, deployed, client, access);
            opened = true;
            return place;
        } catch (KubernetesClientException e) {
            throw new PlaceException(
                    "The cluster at " + client.getMasterUrl() + " refused or did not answer: " + e.getMessage()
                            + " Is KUBECONFIG right? Try: kubectl get namespace " + deployed.namespace() + ".",
                    e);
        } catch (IOException e) {
            throw new PlaceException("A sidecar's admin interface cannot be reached: " + e + ".", e);
        } finally {
            if (!opened) {
                access.close();
                client.close();
            }
        }
    }

    private static KubernetesClient client() throws PlaceException {
        try {
            return new KubernetesClientBuilder().build();
        } catch (KubernetesClientException e) {
            throw new PlaceException("KUBECONFIG, or ~/.kube/config, is not to be read: " + e.getMessage() + ".", e);
        }
    }

    /** For so long an open connection outlives the rule, so that a shorter outage is felt by nobody who has one. */
    private static Duration requireShorterThanOutage(Sidecars.Drain drain, Experiment experiment)
            throws PlaceException {
        Duration outage = experiment.phases().outage();
        Duration needed = drain.time().plus(FELT_FOR);
        if (outage.compareTo(needed) < 0) {
            throw new PlaceException(
                    "The proxy of pod " + drain.pod() + " lets open connections live for "
                            + drain.time().toSeconds()
                            + " s after a rule has changed (drainDuration), so that an outage of "
                            + outage.toSeconds() + " s would hardly be felt. Give phases.outage at least "
                            + needed.toSeconds()
                            + "s, or the pods the annotation proxy.istio.io/config: {drainDuration: 5s}. Nothing was injected.");
        }
        return drain.time();
    }

    static ServiceUnderTest.Deployed deployed(Experiment experiment) throws PlaceException {
        ServiceUnderTest.Deployed deployed = experiment.service().kubernetes();
        if (deployed == null) {
            throw new PlaceException(
                    "The experiment does not say where its service is in a cluster. Give it, for example:"
                            + " service: {kubernetes: {namespace: shop, service: shop, port: 80}}.");
        }
        return deployed;
    }

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public URI service() {
        return service;
    }

    @Override
    public Watched watched() {
        return watched;
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(foreseen);
        notes.addAll(watch.notes());
        return notes;
    }

    @Override
    public void onMeshEvent(Consumer<MeshEvent> listener) {
        watch.onMeshEvent(listener);
    }

    @Override
    public void apply(Path outage) throws PlaceException {
        foreseen.clear();
        foreseen.addAll(mesh.notes(outage));
        own = mesh.rule(database, outage).orElse(null);
        rules.apply(outage);
    }

    @Override
    public void remove() throws PlaceException {
        Removal.uninterrupted(rules::remove);
        own = null;
    }

    @Override
    public @Nullable Map<String, Integer> stored(String keyPrefix) throws PlaceException {
        return readBack == null ? null : readBack.counting().count(keyPrefix);
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
            guard.close();
        } finally {
            access.close();
            client.close();
        }
    }
}
