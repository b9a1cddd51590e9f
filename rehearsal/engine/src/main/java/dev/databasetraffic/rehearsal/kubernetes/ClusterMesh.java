package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.mesh.check.RuleNotes;
import dev.databasetraffic.mesh.cluster.ClusterException;
import dev.databasetraffic.mesh.cluster.ClusterReader;
import dev.databasetraffic.mesh.cluster.LiveMesh;
import dev.databasetraffic.mesh.envoy.HostInMesh;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.model.FilterChain;
import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.Listener;
import dev.databasetraffic.mesh.model.MeshModel;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.model.Origin;
import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.mesh.traffic.RuleInForce;
import dev.databasetraffic.rehearsal.experiment.DatabaseUnderTest;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the cluster's mesh does with the workload's connections, before anything is changed in it. */
final class ClusterMesh {

    private final LiveMesh live;
    private final MeshOptions options;
    private final Workload workload;
    private final String namespace;
    private final ProxyConfiguration sidecar;

    private ClusterMesh(LiveMesh live, MeshOptions options, Workload workload) {
        this.live = live;
        this.options = options;
        this.workload = workload;
        this.namespace = workload.namespace();
        this.sidecar = MeshModel.of(live.manifests(), options).sidecar(workload);
    }

    /** @throws PlaceException if the mesh cannot be read from the cluster */
    static ClusterMesh of(Workload workload) throws PlaceException {
        try {
            LiveMesh live = ClusterReader.read(Set.of(workload.namespace()), MeshOptions.DEFAULTS.rootNamespace());
            MeshOptions options =
                    live.config() == null ? MeshOptions.DEFAULTS : live.config().options();
            return new ClusterMesh(live, options, workload);
        } catch (ClusterException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The database, as the sidecars know it.
     *
     * @throws PlaceException if the sidecars do not know its traffic there, or know it otherwise than the experiment says
     */
    HostInMesh host(DatabaseUnderTest database) throws PlaceException {
        List<RegisteredHost.Port> ports = sidecar.hosts().values().stream()
                .filter(each -> each.hostname().overlaps(new Hostname(database.host())))
                .flatMap(each -> each.ports().stream())
                .filter(port -> port.number() == database.port())
                .toList();
        if (ports.isEmpty()) {
            throw new PlaceException("No ServiceEntry or Service that namespace " + namespace + " sees declares "
                    + database.host() + " with port " + database.port()
                    + ", so that the sidecars do not know its traffic;"
                    + " istio/firestore.yaml is an example.");
        }
        if (ports.stream().noneMatch(port -> port.protocol().isTls() == database.isTls())) {
            throw new PlaceException("In the mesh, port " + database.port() + " of " + database.host() + " is "
                    + ports.get(0).protocol() + ", and the experiment's database.tls is " + database.isTls()
                    + ". Correct the experiment, or declare the port TLS or TCP as its clients speak.");
        }
        String listener = sidecar.listenerOf(database.host(), database.port())
                .map(Listener::name)
                .orElse(null);
        return new HostInMesh(database.host(), database.port(), database.isTls(), listener);
    }

    /** Refuses to start beside another rule for the host: the older one would win, silently. */
    void requireUnclaimed(DatabaseUnderTest database) throws PlaceException {
        FilterChain chain = chain(sidecar, database).orElse(null);
        if (chain != null && chain.origin() instanceof Origin.Route route) {
            Manifest rule = route.manifest();
            throw new PlaceException(rule + " already routes " + database.host()
                    + ". If it is an outage that somebody left behind: kubectl -n " + rule.namespace() + " delete "
                    + rule.kind().toLowerCase(Locale.ROOT) + " " + rule.name() + ".");
        }
    }

    /** The rule that leads the database's connections, which has no file in a cluster; empty if they go their own way. */
    Optional<RuleInForce> rule(DatabaseUnderTest database) {
        return chain(sidecar, database)
                .flatMap(chain -> RuleInForce.of(database.host(), chain))
                .map(RuleInForce::withoutSource);
    }

    /**
     * Likewise, were a manifest applied as well.
     *
     * @throws PlaceException if the outage is not a manifest
     */
    Optional<RuleInForce> rule(DatabaseUnderTest database, Path outage) throws PlaceException {
        List<Manifest> all = new ArrayList<>(live.manifests());
        try {
            all.addAll(Manifest.read(outage));
        } catch (ManifestException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        }
        return chain(MeshModel.of(all, options).sidecar(workload), database)
                .flatMap(chain -> RuleInForce.of(database.host(), chain));
    }

    private static Optional<FilterChain> chain(ProxyConfiguration sidecar, DatabaseUnderTest database) {
        return sidecar.chain(database.host(), database.port(), database.isTls());
    }

    /**
     * Sentences for the report; empty if the rule does what it seems to.
     *
     * @throws PlaceException if the outage is not a manifest
     */
    List<String> notes(Path outage) throws PlaceException {
        try {
            return RuleNotes.of(live.manifests(), Manifest.read(outage), options);
        } catch (ManifestException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        }
    }
}
