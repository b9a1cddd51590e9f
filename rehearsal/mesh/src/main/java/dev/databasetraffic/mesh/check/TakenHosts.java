package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Cluster;
import dev.databasetraffic.mesh.model.FilterChain;
import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.Listener;
import dev.databasetraffic.mesh.model.Listener.Connection;
import dev.databasetraffic.mesh.model.Origin;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.RouteText;
import dev.databasetraffic.mesh.model.Target;
import dev.databasetraffic.mesh.model.Workload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that a rule does not match and takes the way from all the same: a host that a tls match applies to loses the filter
 * chain of its own (tls.go), a wildcard its chain for every other name.
 */
final class TakenHosts implements RuleInspection {

    /** Any name under a wildcard that no rule is likely to match. */
    private static final String PROBE = "any-other-name";

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        Map<String, Finding> byName = new LinkedHashMap<>();
        for (Workload workload : around.workloads()) {
            for (Listener before :
                    around.sidecarWithoutRule(workload).listeners().values()) {
                Listener after = around.sidecar(workload).listeners().get(before.name());
                for (String name : taken(before, after, around)) {
                    byName.computeIfAbsent(
                            name, each -> finding(mesh, around, before, Objects.requireNonNull(after), name));
                }
            }
        }
        return List.copyOf(byName.values());
    }

    private static List<String> taken(Listener before, @Nullable Listener after, Neighbourhood around) {
        List<String> taken = new ArrayList<>();
        if (after == null) {
            return taken;
        }
        for (FilterChain chain : before.chains()) {
            for (String name : chain.matchedNames()) {
                boolean meant = RouteUnit.all(around.rule()).stream()
                        .flatMap(unit -> unit.serverNames().stream())
                        .anyMatch(each -> new Hostname(name).isSubsetOf(new Hostname(each)));
                if (!meant && !target(before, name).equals(target(after, name)) && isDiverted(after, name, around)) {
                    taken.add(name);
                }
            }
        }
        return taken;
    }

    /** What becomes of a connection is this rule's doing if another rule does not route it. */
    private static boolean isDiverted(Listener after, String name, Neighbourhood around) {
        FilterChain chain = after.match(connection(name));
        return chain == null
                || !(chain.origin() instanceof Origin.Route route)
                || route.manifest().equals(around.rule().manifest());
    }

    private static Target target(Listener listener, String name) {
        FilterChain chain = listener.match(connection(name));
        return chain == null ? new Target.Clusters(List.of()) : chain.target();
    }

    private static Connection connection(String name) {
        return Connection.tls(RegisteredHost.UNSPECIFIED, name.startsWith("*") ? PROBE + name.substring(1) : name);
    }

    private static Finding finding(
            CheckedMesh mesh, Neighbourhood around, Listener before, Listener after, String name) {
        var manifest = around.rule().manifest();
        boolean listed =
                around.rule().hosts().stream().anyMatch(host -> host.value().equals(name));
        boolean wildcard = name.startsWith("*");
        String end = target(after, name).equals(Target.Clusters.single(Cluster.BLACK_HOLE))
                ? "closed (BlackHoleCluster)"
                : "passed on as if nobody had declared the host (PassthroughCluster): past every policy, and closed where"
                        + " the mesh is REGISTRY_ONLY";
        String why = wildcard
                ? "It takes the filter chain of %s away: connections to every other name under it, on port %d, are %s."
                        .formatted(name, before.port(), end)
                : "It takes the filter chain of %s away, %s: connections to it on port %d are %s."
                        .formatted(
                                name,
                                listed && !around.rule().isOfGatewayApi()
                                        ? "which it lists in hosts and no sniHosts match"
                                        : "which none of its server names match",
                                before.port(),
                                end);
        String mend = wildcard
                ? ("add a rule for the rest: hosts: [\"%1$s\"], tls: [{match: [{port: %2$d, sniHosts: [\"%1$s\"]}], route:"
                                + " [{destination: {host: \"%1$s\", port: {number: %2$d}}}]}]; or declare the one host with"
                                + " a ServiceEntry of its own")
                        .formatted(name, before.port())
                : around.rule().isOfGatewayApi()
                        ? "declare %s with a ServiceEntry of its own, or list it in hostnames as well".formatted(name)
                        : "take %s out of hosts, or add a match with sniHosts: [%s] that routes to it"
                                .formatted(name, name);
        return new Finding(Trap.TAKES_OTHER_HOSTS, Severity.TRAP, manifest, RouteText.lineOfHosts(manifest), why, mend);
    }
}
