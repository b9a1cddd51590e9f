package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.MeshModel;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Workload;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One host that several ServiceEntries declare and istiod does not merge, because they differ in namespace, resolution,
 * labels or exportTo: a workload knows the ports of one of them alone.
 */
final class ShadowedHosts implements Inspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        List<Finding> findings = new ArrayList<>();
        Map<String, List<RegisteredHost>> declarations = mesh.model().hosts().stream()
                .filter(host -> !host.isKubernetes())
                .collect(Collectors.groupingBy(
                        host -> host.hostname().value(), LinkedHashMap::new, Collectors.toList()));
        declarations.values().stream()
                .filter(hosts ->
                        hosts.stream().map(RegisteredHost::manifest).distinct().count() > 1)
                .forEach(hosts -> findings.addAll(findings(mesh, hosts)));
        declarations.values().stream()
                .map(hosts -> hosts.get(0))
                .forEach(entry -> mesh.hostsOverlapping(entry.hostname()).stream()
                        .filter(host -> host.isKubernetes() && host.hostname().equals(entry.hostname()))
                        .findFirst()
                        .ifPresent(service -> findings.add(besideService(entry, service))));
        return findings;
    }

    /** It may be meant: so machines outside are put behind a Service. */
    private static Finding besideService(RegisteredHost entry, RegisteredHost service) {
        return new Finding(
                Trap.SHADOWED_HOST,
                Severity.UNKNOWN,
                entry.manifest(),
                entry.manifest().line("spec", "hosts"),
                "%s is a Service as well (%s), and sidecars take the host from that, whatever resolution the ServiceEntry says."
                        .formatted(entry.hostname(), Where.is(service.manifest())),
                "give the ServiceEntry a host of its own, unless its endpoints are meant to be behind the Service");
    }

    private static List<Finding> findings(CheckedMesh mesh, List<RegisteredHost> hosts) {
        MeshModel model = mesh.modelOf(mesh.declarations(Stream.of(hosts.get(0).hostname())));
        Set<String> namespaces = new LinkedHashSet<>();
        mesh.workloads().forEach(each -> namespaces.add(each.workload().namespace()));
        hosts.forEach(host -> namespaces.add(host.namespace()));
        Map<RegisteredHost, Finding> lost = new LinkedHashMap<>();
        for (String namespace : namespaces) {
            RegisteredHost known = model.sidecar(new Workload(namespace, Map.of()))
                    .hosts()
                    .get(hosts.get(0).hostname());
            for (RegisteredHost host : hosts) {
                if (known == null || !mesh.model().isVisible(host, namespace)) {
                    continue;
                }
                String ports = host.ports().stream()
                        .filter(port -> known.port(port.number()) == null)
                        .map(port -> String.valueOf(port.number()))
                        .collect(Collectors.joining(", "));
                if (!ports.isEmpty()) {
                    lost.putIfAbsent(host, finding(namespace, host, known, ports));
                }
            }
        }
        return lost.values().stream()
                .sorted(Comparator.comparing(finding -> finding.manifest().name()))
                .toList();
    }

    private static Finding finding(String namespace, RegisteredHost host, RegisteredHost known, String ports) {
        return new Finding(
                Trap.SHADOWED_HOST,
                Severity.TRAP,
                host.manifest(),
                host.manifest().line("spec", "hosts"),
                ("Workloads in namespace %s do not know port %s of %s: they take the host from %s (%s), and two"
                                + " declarations that differ in namespace, resolution, labels or exportTo are not merged.")
                        .formatted(namespace, ports, host.hostname(), known.manifest(), Where.is(known.manifest())),
                "declare all ports of the host in one ServiceEntry, or both in one namespace with the same resolution,"
                        + " labels and exportTo");
    }
}
