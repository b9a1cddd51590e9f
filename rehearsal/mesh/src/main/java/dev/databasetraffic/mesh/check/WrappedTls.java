package dev.databasetraffic.mesh.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Cluster;
import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.MeshModel;
import dev.databasetraffic.mesh.model.Origin.Section;
import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.mesh.resource.DestinationRule;
import dev.databasetraffic.mesh.resource.Resource;
import dev.databasetraffic.mesh.resource.VirtualService.Weighted;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A DestinationRule that has sidecars speak TLS around what is TLS already, or the mesh's own TLS to a host outside. */
final class WrappedTls implements Inspection {

    private static final String MESH_TLS = "ISTIO_MUTUAL";

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        Map<Manifest, Finding> findings = new LinkedHashMap<>();
        for (RegisteredHost host : candidates(mesh)) {
            MeshModel model = mesh.modelOf(mesh.declarations(Stream.of(host.hostname())));
            for (Workload workload : clients(mesh, host)) {
                ProxyConfiguration proxy = model.sidecar(workload);
                proxy.clusters().values().stream()
                        .filter(cluster -> cluster.host().hostname().equals(host.hostname()))
                        .filter(cluster -> isWrapped(mesh, cluster))
                        .forEach(cluster -> findings.putIfAbsent(policy(cluster), finding(cluster)));
            }
        }
        return List.copyOf(findings.values());
    }

    /** Workloads beside the host and elsewhere, and such as each DestinationRule for the host is for. */
    static Set<Workload> clients(CheckedMesh mesh, RegisteredHost host) {
        return Stream.concat(
                        Stream.of(host.namespace(), Neighbourhood.ELSEWHERE)
                                .map(namespace -> new Workload(namespace, Map.of())),
                        mesh.policies(host.hostname()).map(WrappedTls::client))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A workload that the rule is for. */
    private static Workload client(Resource<DestinationRule> rule) {
        var selector = rule.spec().workloadSelector();
        return new Workload(rule.namespace(), selector == null ? Map.of() : selector.matchLabels());
    }

    /** The hosts that a DestinationRule with TLS is for. */
    static Set<RegisteredHost> candidates(CheckedMesh mesh) {
        Set<RegisteredHost> hosts = new LinkedHashSet<>();
        for (Resource<DestinationRule> rule : mesh.resources().destinationRules()) {
            if (rule.manifest().tree().path("spec").toString().contains("\"tls\"")) {
                hosts.addAll(mesh.hostsOverlapping(Hostname.qualified(
                        rule.spec().host(), rule.namespace(), mesh.options().clusterDomain())));
            }
        }
        return hosts;
    }

    private static boolean isWrapped(CheckedMesh mesh, Cluster cluster) {
        String subset = subset(cluster);
        if (cluster.tls() == null) {
            return false;
        }
        RegisteredHost.Port port = cluster.host().port(cluster.port());
        boolean carriesTls = port != null && port.protocol().isTls();
        boolean wraps = isMeshTls(cluster)
                ? cluster.host().external() && !cluster.host().isKubernetes()
                : carriesTls && !isRequestedInPlaintext(mesh, cluster);
        return wraps && (subset.isEmpty() || isLedTo(mesh, cluster, subset));
    }

    private static String subset(Cluster cluster) {
        return cluster.name().split("\\|")[2];
    }

    /** Connections come to a subset by routes alone, and by those for bytes a client's that may have no TLS yet. */
    private static boolean isLedTo(CheckedMesh mesh, Cluster cluster, String subset) {
        return mesh.rules().stream()
                .flatMap(rule -> RouteUnit.all(rule).stream())
                .filter(unit -> unit.section() == Section.TLS || unit.section() == Section.TCP && isMeshTls(cluster))
                .anyMatch(unit -> unit.route().stream()
                        .map(Weighted::destination)
                        .anyMatch(to -> to.subset().equals(subset)
                                && unit.rule()
                                        .destination(to.host())
                                        .equals(cluster.host().hostname())));
    }

    /** An http route that leads there says that the application does not speak the TLS itself. */
    private static boolean isRequestedInPlaintext(CheckedMesh mesh, Cluster cluster) {
        return mesh.rules().stream()
                .flatMap(rule -> rule.spec().http().stream()
                        .flatMap(route -> route.route().stream())
                        .map(to -> rule.destination(to.destination().host()) + ":"
                                + to.destination().portNumber()))
                .anyMatch((cluster.host().hostname() + ":" + cluster.port())::equals);
    }

    private static boolean isMeshTls(Cluster cluster) {
        return MESH_TLS.equals(cluster.tls());
    }

    private static Manifest policy(Cluster cluster) {
        return cluster.policies().get(0);
    }

    private static Finding finding(Cluster cluster) {
        Manifest rule = policy(cluster);
        boolean meshTls = isMeshTls(cluster);
        String subset = subset(cluster);
        String why = meshTls
                ? "Sidecars speak the mesh's own TLS to %s, which is outside of the mesh and does not know its certificates:"
                                .formatted(cluster.host().hostname())
                        + " every connection fails in the handshake."
                : "Port %d of %s carries TLS already (%s), and sidecars wrap it in TLS once more: the host gets a greeting"
                                .formatted(
                                        cluster.port(),
                                        cluster.host().hostname(),
                                        Where.is(cluster.host().manifest(), "spec", "ports"))
                        + " inside a greeting, and closes.";
        String mend = meshTls
                ? "host: \"*.%s\" for Services alone; or a DestinationRule for %s with tls: {mode: DISABLE}"
                        .formatted("local", cluster.host().hostname())
                : subset.isEmpty()
                        ? ("set tls for the plain port alone: portLevelSettings: [{port: {number: 80}, tls: {mode: %s}}], with"
                                        + " targetPort: 443 at that port of the ServiceEntry")
                                .formatted(cluster.tls())
                        : "take tls away from subset %s, or have routes for TLS lead past it".formatted(subset);
        return new Finding(Trap.TLS_TWICE, Severity.TRAP, rule, line(rule, subset), why, mend);
    }

    private static int line(Manifest rule, String subset) {
        JsonNode subsets = rule.tree().at("/spec/subsets");
        for (int i = 0; i < subsets.size(); i++) {
            if (subsets.get(i).path("name").asText().equals(subset)) {
                return rule.line("spec", "subsets", i, "trafficPolicy", "tls");
            }
        }
        return rule.line("spec", "trafficPolicy", "tls");
    }
}
