package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Workload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the workloads that a route is for are told of: its hosts, and the rule itself. */
record Sight(CheckedMesh mesh, Neighbourhood around, RouteUnit unit) {

    List<RegisteredHost> declared() {
        return unit.rule().hosts().stream()
                .flatMap(host -> mesh.hostsOverlapping(host).stream())
                .distinct()
                .toList();
    }

    List<RegisteredHost> visible() {
        return around.callers(unit).stream()
                .flatMap(workload -> around.sidecar(workload).hosts().values().stream())
                .filter(host -> unit.rule().names(host.hostname()))
                .distinct()
                .toList();
    }

    /** @return null if they know at least one of the hosts */
    @Nullable
    Finding invisibleHost() {
        if (!visible().isEmpty()) {
            return null;
        }
        RegisteredHost host = declared().get(0);
        boolean exported =
                around.callers(unit).stream().anyMatch(workload -> mesh.model().isVisible(host, workload.namespace()));
        if (exported && isImportedForOtherPorts(host)) {
            return finding(
                    "No workload that this rule is for knows %s: the egress listeners of their Sidecar import %s (%s) for other ports than its own."
                            .formatted(host.hostname(), host.manifest(), Where.is(host.manifest())),
                    "add a listener without port to egress of that Sidecar: {hosts: [\"%s/%s\"]}"
                            .formatted(host.namespace(), host.hostname()));
        }
        return finding(
                "No workload that this rule is for knows %s: %s (%s) %s."
                        .formatted(
                                host.hostname(),
                                host.manifest(),
                                Where.is(host.manifest()),
                                exported ? "is not imported by their Sidecar" : "is not exported to their namespace"),
                exported
                        ? "add \"%s/%s\" to egress.hosts of that Sidecar".formatted(host.namespace(), host.hostname())
                        : "add %s to exportTo of the %s, or leave exportTo out"
                                .formatted(namespaceOfCallers(), host.manifest().kind()));
    }

    /** @return null if no Sidecar keeps the rule from them */
    @Nullable
    Finding hiddenRule() {
        return around.wouldBeReadAmong(unit, present -> !present.kind().equals("Sidecar"))
                ? finding(
                        "The Sidecar of the workloads that this rule is for imports %s, and not the rule."
                                .formatted(visible().get(0).hostname()),
                        "add \"%s/*\" to egress.hosts of that Sidecar"
                                .formatted(unit.rule().namespace()))
                : null;
    }

    private boolean isImportedForOtherPorts(RegisteredHost host) {
        return mesh.resources().sidecars().stream()
                .filter(sidecar -> around.callers(unit).stream()
                        .anyMatch(workload -> workload.namespace().equals(sidecar.namespace())))
                .flatMap(sidecar -> sidecar.spec().egress().stream()
                        .filter(egress -> egress.port() != null)
                        .flatMap(egress -> egress.hosts().stream())
                        .map(each -> each.startsWith("./") ? sidecar.namespace() + each.substring(1) : each))
                .anyMatch(each -> (each.startsWith(host.namespace() + "/") || each.startsWith("*/"))
                        && host.hostname().isSubsetOf(new Hostname(each.substring(each.indexOf('/') + 1))));
    }

    private String namespaceOfCallers() {
        return around.callers(unit).stream()
                .map(Workload::namespace)
                .filter(namespace -> !namespace.equals(Neighbourhood.ELSEWHERE))
                .findFirst()
                .orElse(unit.rule().namespace());
    }

    private Finding finding(String why, String mend) {
        return new Finding(Trap.NOT_VISIBLE, Severity.TRAP, unit.manifest(), unit.line(), why, mend);
    }
}
