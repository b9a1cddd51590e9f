package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.model.RegisteredHost.Port;
import dev.databasetraffic.mesh.model.RegisteredHost.Registry;
import dev.databasetraffic.mesh.model.RegisteredHost.Resolution;
import dev.databasetraffic.mesh.resource.KubernetesService;
import dev.databasetraffic.mesh.resource.Resource;
import dev.databasetraffic.mesh.resource.Resources;
import dev.databasetraffic.mesh.resource.ServiceEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All hosts that manifests declare, the oldest first. */
final class ServiceRegistry {

    private static final String EXPORT_TO = "networking.istio.io/exportTo";

    private final MeshOptions options;
    private final List<RegisteredHost> hosts;
    private final Map<Hostname, Map<String, RegisteredHost>> byNameAndNamespace = new HashMap<>();

    private ServiceRegistry(MeshOptions options, List<RegisteredHost> hosts) {
        this.options = options;
        this.hosts = hosts;
        for (RegisteredHost host : hosts) {
            byNameAndNamespace
                    .computeIfAbsent(host.hostname(), name -> new HashMap<>())
                    .merge(host.namespace(), host, ServiceRegistry::elder);
        }
    }

    static ServiceRegistry of(Resources resources, MeshOptions options) {
        List<RegisteredHost> hosts = Stream.concat(
                        resources.services().stream().map(service -> host(service, options)),
                        resources.serviceEntries().stream().flatMap(ServiceRegistry::hosts))
                .sorted(RegisteredHost.BY_AGE)
                .toList();
        return new ServiceRegistry(options, withAliases(hosts));
    }

    List<RegisteredHost> hosts() {
        return hosts;
    }

    /** The host as its namespaces declare it. */
    Map<String, RegisteredHost> named(Hostname hostname) {
        return byNameAndNamespace.getOrDefault(hostname, Map.of());
    }

    boolean isVisible(RegisteredHost host, String namespace) {
        return host.exportTo().orElse(options.defaultServiceExportTo()).isVisibleIn(namespace, host.namespace());
    }

    /** What a namespace sees: what is exported to it by name first, then what is public. */
    List<RegisteredHost> visibleIn(String namespace) {
        List<RegisteredHost> named = new ArrayList<>();
        List<RegisteredHost> open = new ArrayList<>();
        for (RegisteredHost host : hosts) {
            if (host.exportTo().orElse(options.defaultServiceExportTo()).isPublic()) {
                open.add(host);
            } else if (isVisible(host, namespace)) {
                named.add(host);
            }
        }
        named.addAll(open);
        return named;
    }

    /** A Kubernetes Service keeps its name; else who came first does. */
    private static RegisteredHost elder(RegisteredHost first, RegisteredHost second) {
        return !first.isKubernetes() && second.isKubernetes() ? second : first;
    }

    private static RegisteredHost host(Resource<KubernetesService> service, MeshOptions options) {
        KubernetesService spec = service.spec();
        boolean alias =
                spec.type().equals("ExternalName") && !spec.externalName().isEmpty();
        boolean headless = spec.clusterIP().equals("None");
        String address;
        if (alias || headless) {
            address = RegisteredHost.UNSPECIFIED;
        } else if (spec.clusterIP().isEmpty()) {
            address = "<service:" + service.name() + "." + service.namespace() + ">";
        } else {
            address = spec.clusterIP();
        }
        String exportTo = service.manifest().annotations().getOrDefault(EXPORT_TO, "");
        return new RegisteredHost(
                Hostname.ofService(service.name(), service.namespace(), options.clusterDomain()),
                service.name(),
                service.namespace(),
                Registry.KUBERNETES,
                address,
                spec.ports().stream().map(ServiceRegistry::port).toList(),
                alias ? Resolution.ALIAS : headless ? Resolution.NONE : Resolution.STATIC,
                alias,
                ExportTo.of(
                        exportTo.isEmpty()
                                ? List.of()
                                : Stream.of(exportTo.split(","))
                                        .map(String::trim)
                                        .toList()),
                service.manifest().labels(),
                spec.selector(),
                List.of(),
                alias ? new Hostname(spec.externalName()) : null,
                0,
                service.created(),
                service.manifest());
    }

    private static Port port(KubernetesService.Port port) {
        int target = port.targetPort() != null && port.targetPort().isInt()
                ? port.targetPort().intValue()
                : 0;
        return new Port(
                port.port(),
                port.name(),
                Protocol.of(port.port(), port.name(), port.protocol(), port.appProtocol()),
                target);
    }

    private static Stream<RegisteredHost> hosts(Resource<ServiceEntry> entry) {
        ServiceEntry spec = entry.spec();
        List<Port> ports = spec.ports().stream()
                .map(port -> new Port(port.number(), port.name(), Protocol.of(port.protocol()), port.targetPort()))
                .toList();
        List<String> addresses = spec.addresses().isEmpty() ? List.of(RegisteredHost.UNSPECIFIED) : spec.addresses();
        return spec.hosts().stream()
                .flatMap(host -> addresses.stream()
                        .map(address -> new RegisteredHost(
                                new Hostname(host),
                                host,
                                entry.namespace(),
                                Registry.SERVICE_ENTRY,
                                AddressRange.withoutFullMask(address),
                                ports,
                                resolution(spec.resolution()),
                                !spec.location().equals("MESH_INTERNAL"),
                                ExportTo.of(spec.exportTo()),
                                entry.manifest().labels(),
                                selector(spec),
                                List.of(),
                                null,
                                spec.endpoints().size(),
                                entry.created(),
                                entry.manifest())));
    }

    private static Map<String, String> selector(ServiceEntry spec) {
        ServiceEntry.LabelSelector selector = spec.workloadSelector();
        return selector == null ? Map.of() : selector.labels();
    }

    private static Resolution resolution(String name) {
        return switch (name) {
            case "STATIC" -> Resolution.STATIC;
            case "DNS" -> Resolution.DNS;
            case "DNS_ROUND_ROBIN" -> Resolution.DNS_ROUND_ROBIN;
            case "DYNAMIC_DNS" -> Resolution.DYNAMIC_DNS;
            default -> Resolution.NONE;
        };
    }

    /** Tells each host which Services of type ExternalName stand for it, through any number of steps. */
    private static List<RegisteredHost> withAliases(List<RegisteredHost> hosts) {
        Map<Hostname, Hostname> steps = new HashMap<>();
        for (RegisteredHost host : hosts) {
            if (host.aliasOf() != null) {
                steps.put(host.hostname(), host.aliasOf());
            }
        }
        Map<Hostname, List<Hostname>> aliases = new HashMap<>();
        steps.keySet().forEach(alias -> {
            Hostname end = end(alias, steps);
            if (end != null) {
                aliases.computeIfAbsent(end, name -> new ArrayList<>()).add(alias);
            }
        });
        return hosts.stream()
                .map(host -> aliases.containsKey(host.hostname())
                        ? host.withAliases(aliases.get(host.hostname()).stream()
                                .sorted(Comparator.comparing(Hostname::value))
                                .toList())
                        : host)
                .toList();
    }

    /** Null where the steps go round in a circle. */
    private static @Nullable Hostname end(Hostname alias, Map<Hostname, Hostname> steps) {
        Hostname at = alias;
        for (int i = 0; i <= steps.size(); i++) {
            Hostname next = steps.get(at);
            if (next == null) {
                return at;
            }
            at = next;
        }
        return null;
    }
}
