package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Rule;
import dev.databasetraffic.mesh.resource.DestinationRule;
import dev.databasetraffic.mesh.resource.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** A DestinationRule whose TLS needs a Secret, which sidecars are given only where a workloadSelector names them. */
final class UnheededSecrets implements Inspection {

    private static final Set<String> OF_SECRETS = Set.of("SIMPLE", "MUTUAL");

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        return mesh.resources().destinationRules().stream()
                .filter(policy -> policy.spec().workloadSelector() == null && needsSecret(policy))
                .filter(policy -> isForSidecarsAlone(mesh, policy))
                .map(UnheededSecrets::finding)
                .toList();
    }

    private static boolean needsSecret(Resource<DestinationRule> policy) {
        return policy.spec().tls().anyMatch(tls -> tls.isOfSecret() && OF_SECRETS.contains(tls.mode()));
    }

    /** Gateways heed it. Of plain HTTP that leaves for the port of HTTPS the host's own finding tells. */
    private static boolean isForSidecarsAlone(CheckedMesh mesh, Resource<DestinationRule> policy) {
        Hostname name = Hostname.qualified(
                policy.spec().host(), policy.namespace(), mesh.options().clusterDomain());
        Collection<RegisteredHost> hosts = mesh.hostsOverlapping(name);
        return !hosts.isEmpty()
                && hosts.stream()
                        .noneMatch(host ->
                                host.ports().stream().anyMatch(port -> GreedyPorts.leavesInPlaintext(host, port)))
                && mesh.rules().stream()
                        .filter(rule -> !rule.gateways().equals(Set.of(Rule.MESH)))
                        .flatMap(rule -> RouteUnit.all(rule).stream())
                        .flatMap(unit -> unit.route().stream()
                                .map(to ->
                                        unit.rule().destination(to.destination().host())))
                        .noneMatch(name::overlaps);
    }

    private static Finding finding(Resource<DestinationRule> policy) {
        return new Finding(
                Trap.NO_EFFECT,
                // A gateway of another file may lead there, and would heed it.
                Severity.UNKNOWN,
                policy.manifest(),
                policy.manifest().line("spec", "trafficPolicy", "tls"),
                "Sidecars pass over its tls, for they heed a credentialName only where a workloadSelector names them: they"
                        + " send what the client sent. No rule among these files has a gateway send to %s, which would heed it."
                                .formatted(policy.spec().host()),
                "a workloadSelector for the workloads that may read the Secret, if their bytes are not TLS already; or give"
                        + " the file of the gateway's rule to this check as well");
    }
}
