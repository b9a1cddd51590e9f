package dev.databasetraffic.rehearsal.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntry;
import io.fabric8.istio.api.networking.v1.DestinationRule;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a set of manifests says about hosts and routes. Several versions of an object may be among them. */
record Mesh(List<Host> hosts, List<DeclaredEntry> entries, List<Route> routes, List<DeclaredRule> destinationRules) {

    private static final String NETWORKING = "networking.istio.io";

    /** A ServiceEntry and where it was read. */
    record DeclaredEntry(Manifest manifest, ServiceEntry spec) {}

    /** A DestinationRule and where it was read. */
    record DeclaredRule(
            Manifest manifest, String host, io.fabric8.istio.api.api.networking.v1alpha3.DestinationRule spec) {}

    static Mesh of(List<Manifest> manifests) throws ManifestException {
        Mesh mesh = new Mesh(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Manifest manifest : manifests) {
            mesh.add(manifest);
        }
        return mesh;
    }

    private void add(Manifest manifest) throws ManifestException {
        switch (manifest.group() + "/" + manifest.kind()) {
            case "/Service" -> addService(manifest);
            case NETWORKING + "/ServiceEntry" -> addServiceEntry(manifest);
            case NETWORKING + "/VirtualService" -> routes.addAll(Routes.of(manifest));
            case NETWORKING + "/DestinationRule" -> addDestinationRule(manifest);
            default -> {
                // Says nothing about hosts and routes.
            }
        }
    }

    private void addService(Manifest manifest) throws ManifestException {
        Service service = manifest.as(Service.class);
        if (service.getSpec() == null || service.getSpec().getPorts() == null) {
            return;
        }
        var ports = service.getSpec().getPorts();
        hosts.add(new Host(
                Host.nameOf(service, manifest.namespace()),
                manifest,
                IntStream.range(0, ports.size())
                        .mapToObj(i -> Host.of(i, ports.get(i)))
                        .toList()));
    }

    private void addServiceEntry(Manifest manifest) throws ManifestException {
        ServiceEntry spec = manifest.as(io.fabric8.istio.api.networking.v1.ServiceEntry.class)
                .getSpec();
        if (spec == null || spec.getHosts() == null || spec.getPorts() == null) {
            return;
        }
        entries.add(new DeclaredEntry(manifest, spec));
        var ports = IntStream.range(0, spec.getPorts().size())
                .mapToObj(i -> Host.of(i, spec.getPorts().get(i)))
                .toList();
        spec.getHosts().forEach(host -> hosts.add(new Host(host, manifest, ports)));
    }

    private void addDestinationRule(Manifest manifest) throws ManifestException {
        var spec = manifest.as(DestinationRule.class).getSpec();
        if (spec != null && spec.getHost() != null) {
            destinationRules.add(
                    new DeclaredRule(manifest, Routes.qualified(spec.getHost(), manifest.namespace()), spec));
        }
    }

    /** The host of that name, declared exactly or by a wildcard; null if these manifests do not declare it. */
    @Nullable
    Host host(String name) {
        return Stream.concat(
                        hosts.stream().filter(host -> host.name().equals(name)),
                        hosts.stream().filter(host -> covers(host.name(), name)))
                .findFirst()
                .orElse(null);
    }

    /** Whether a Service of the cluster is meant, rather than a host outside of it. */
    boolean isInCluster(String name) {
        Host host = host(name);
        return host == null ? name.contains(".svc.") || !name.contains(".") : host.isService();
    }

    Stream<DeclaredRule> rulesFor(String host) {
        return destinationRules.stream().filter(rule -> rule.host().equals(host) || covers(rule.host(), host));
    }

    /**
     * Whether these manifests would declare the host if it existed: they declare other Services of its namespace, or
     * for a host outside the cluster, any other host.
     */
    boolean shouldDeclare(String name) {
        int dot = name.indexOf('.');
        String domain = dot < 0 ? "" : name.substring(dot);
        return isInCluster(name)
                ? hosts.stream()
                        .anyMatch(host -> host.isService() && host.name().endsWith(domain))
                : !hosts.isEmpty();
    }

    private static boolean covers(String wildcard, String name) {
        return wildcard.startsWith("*") && name.endsWith(wildcard.substring(1));
    }
}
