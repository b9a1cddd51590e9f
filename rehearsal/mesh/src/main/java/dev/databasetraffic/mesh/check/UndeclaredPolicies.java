package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.resource.DestinationRule;
import dev.databasetraffic.mesh.resource.Resource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A DestinationRule for a host that the mesh does not know. */
final class UndeclaredPolicies implements Inspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        UndeclaredHosts undeclared = new UndeclaredHosts(mesh);
        return mesh.resources().destinationRules().stream()
                .flatMap(policy -> finding(mesh, undeclared, policy))
                .toList();
    }

    private static Stream<Finding> finding(
            CheckedMesh mesh, UndeclaredHosts undeclared, Resource<DestinationRule> policy) {
        Manifest manifest = policy.manifest();
        Hostname name = Hostname.qualified(
                policy.spec().host(), policy.namespace(), mesh.options().clusterDomain());
        if (!mesh.hostsOverlapping(name).isEmpty()) {
            return Stream.empty();
        }
        Optional<RegisteredHost> meant = undeclared.meant(name);
        boolean outside = !name.isWildcard() && !name.value().contains(".svc.");
        if (meant.isEmpty() && !(outside && undeclared.wouldBeDeclared(name, manifest))) {
            return ofNamesake(undeclared, policy, name);
        }
        return Stream.of(new Finding(
                Trap.UNDECLARED_HOST,
                Severity.TRAP,
                manifest,
                manifest.line("spec", "host"),
                "Nothing among these files declares %s, and a policy for it is nobody's.".formatted(name),
                meant.map(host -> "write %s (%s)".formatted(host.hostname(), Where.is(host.manifest())))
                        .orElse(
                                "write the host as its ServiceEntry has it; or give the file that declares it to this check"
                                        + " as well")));
    }

    /** A short name is of the policy's own namespace; the Service may be in another. */
    private static Stream<Finding> ofNamesake(
            UndeclaredHosts undeclared, Resource<DestinationRule> policy, Hostname name) {
        String namesakes = undeclared.namesakes(name);
        // Who routes to a subset of it is told there.
        boolean told = !policy.spec().subsets().isEmpty();
        return told || policy.spec().host().contains(".") || namesakes.isEmpty()
                ? Stream.empty()
                : Stream.of(new Finding(
                        Trap.UNDECLARED_HOST,
                        Severity.UNKNOWN,
                        policy.manifest(),
                        policy.manifest().line("spec", "host"),
                        "A short name is of the policy's own namespace, and nothing among these files declares %s."
                                .formatted(name),
                        "name the Service in full" + namesakes
                                + "; or give the file that declares it to this check as well"));
    }
}
