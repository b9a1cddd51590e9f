package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.RegisteredHost;
import java.util.List;
import java.util.Optional;

/** A destination that its readers do not know, and what was meant by it. */
record UnknownDestination(CheckedMesh mesh, RouteUnit unit, int index, Hostname name) {

    Finding finding() {
        List<RegisteredHost> exact = mesh.hostsOverlapping(name).stream()
                .filter(host -> host.hostname().equals(name))
                .toList();
        if (!exact.isEmpty()) {
            return trap(
                    "The workloads of this rule do not know %s: %s (%s) is not exported to them, or not imported by their"
                                    .formatted(
                                            name,
                                            exact.get(0).manifest(),
                                            Where.is(exact.get(0).manifest()))
                            + " Sidecar.",
                    "export it to their namespace, and import it in their Sidecar's egress.hosts");
        }
        UndeclaredHosts undeclared = new UndeclaredHosts(mesh);
        Optional<RegisteredHost> meant = undeclared.meant(name);
        if (meant.isPresent()) {
            return trap(
                    "There is no host %s: a name with a dot is taken as it is, and not completed. The Service is %s (%s)."
                            .formatted(
                                    name,
                                    meant.get().hostname(),
                                    Where.is(meant.get().manifest())),
                    "write %s".formatted(meant.get().hostname()));
        }
        Optional<RegisteredHost> wildcard = mesh.hostsOverlapping(name).stream().findFirst();
        if (wildcard.isPresent()) {
            return trap(
                    "Only %s (%s) covers %s, and a wildcard has one cluster, of its own name."
                            .formatted(
                                    wildcard.get().hostname(),
                                    Where.is(wildcard.get().manifest()),
                                    name),
                    "declare %s with a ServiceEntry of its own, or send to %s"
                            .formatted(name, wildcard.get().hostname()));
        }
        boolean sure = undeclared.wouldBeDeclared(name, unit.manifest())
                || !name.value().contains(".svc.")
                        && mesh.model().hosts().stream().anyMatch(host -> isInNamespaceOf(host));
        String why = "Nothing among these files declares the destination " + name + ".";
        String mend = name.value().contains(".svc.")
                ? "name a Service that exists, %s%s; or give the file that declares it to this check as well"
                        .formatted(
                                unit.rule().isOfGatewayApi()
                                        ? "with its namespace"
                                        : "in full: <service>.<namespace>.svc."
                                                + mesh.options().clusterDomain(),
                                undeclared.namesakes(name))
                : "write a Service in full, <service>.<namespace>.svc.%s (a name with a dot is not completed); or declare"
                                .formatted(mesh.options().clusterDomain())
                        + " the host with a ServiceEntry";
        return sure
                ? trap(why, mend)
                : new Finding(
                        Trap.MISSING_DESTINATION,
                        Severity.UNKNOWN,
                        unit.manifest(),
                        unit.lineOfDestination(index),
                        why,
                        mend);
    }

    private boolean isInNamespaceOf(RegisteredHost host) {
        return host.isKubernetes() && name.value().endsWith("." + host.namespace());
    }

    private Finding trap(String why, String mend) {
        return DeadEnds.trap(unit, index, why, mend);
    }
}
