package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.resource.Sidecar.Egress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hosts and rules that one egress listener of a Sidecar imports (sidecar.go, convertIstioListenerToWrapper).
 *
 * @param egress null for the listener that a namespace without a Sidecar has: everything
 */
record EgressListener(@Nullable Egress egress, List<RegisteredHost> hosts, List<Rule> rules) {

    private static final String EVERYWHERE = "*";

    static EgressListener everything(ServiceRegistry registry, List<Rule> rules, String namespace) {
        return of(new Egress(null, "", "", List.of("*/*")), registry, rules, namespace);
    }

    static EgressListener of(Egress egress, ServiceRegistry registry, List<Rule> rules, String namespace) {
        Imports imports = Imports.of(egress, namespace);
        List<RegisteredHost> imported = new ArrayList<>();
        for (RegisteredHost host : registry.visibleIn(namespace)) {
            RegisteredHost narrowed = imports.matching(host, egress);
            if (narrowed != null) {
                imported.add(narrowed);
            }
        }
        return new EgressListener(egress, inOneNamespace(imported, namespace), imports.matching(rules, namespace));
    }

    /** Whether it has a port of its own, so that only hosts with that port are heard of there. */
    static boolean matchesPort(@Nullable Egress egress) {
        return egress != null
                && egress.port() != null
                && egress.port().number() != 0
                && Protocol.of(egress.port().protocol()) != Protocol.HTTP_PROXY;
    }

    /** A host that several namespaces declare is that of the workload's own, else a Service, else the first. */
    private static List<RegisteredHost> inOneNamespace(List<RegisteredHost> hosts, String own) {
        Map<Hostname, RegisteredHost> chosen = new HashMap<>();
        for (RegisteredHost host : hosts) {
            chosen.merge(host.hostname(), host, (before, now) -> {
                boolean preferred = now.namespace().equals(own)
                        || !before.isKubernetes()
                                && now.isKubernetes()
                                && !before.namespace().equals(own);
                return preferred ? now : before;
            });
        }
        return hosts.stream()
                .filter(host ->
                        chosen.getOrDefault(host.hostname(), host).namespace().equals(host.namespace()))
                .toList();
    }

    /**
     * Rules for the own namespace alone first, then those exported to it by name, then public ones; among each of them the
     * namespace's own routes of the Gateway API first, whatever their age.
     */
    static List<Rule> inOrderOfVisibility(List<Rule> rules, String namespace, String boundTo) {
        List<Rule> own = new ArrayList<>();
        List<Rule> named = new ArrayList<>();
        List<Rule> open = new ArrayList<>();
        List<Rule> ordered = new ArrayList<>(rules);
        ordered.sort(Comparator.comparing(
                rule -> !rule.isOfGatewayApi() || !rule.namespace().equals(namespace)));
        for (Rule rule : ordered) {
            if (!rule.gateways().contains(boundTo) || !rule.isVisibleIn(namespace)) {
                continue;
            }
            if (rule.exportTo().isPublic()) {
                open.add(rule);
            } else if (rule.namespace().equals(namespace)) {
                own.add(rule);
            } else {
                named.add(rule);
            }
        }
        own.addAll(named);
        own.addAll(open);
        return own;
    }

    /** What {@code hosts} says: names by namespace, and those left out with a tilde. */
    private record Imports(Map<String, List<Hostname>> wanted, Map<String, List<Hostname>> excluded) {

        static Imports of(Egress egress, String namespace) {
            Map<String, List<Hostname>> wanted = new HashMap<>();
            Map<String, List<Hostname>> excluded = new HashMap<>();
            for (String host : egress.hosts()) {
                String[] parts = host.split("/", -1);
                if (parts.length != 2) {
                    continue;
                }
                boolean excludes = parts[0].startsWith("~");
                String from = excludes ? parts[0].substring(1) : parts[0];
                if (from.isEmpty()) {
                    from = EVERYWHERE;
                } else if (from.equals(".")) {
                    from = namespace;
                }
                (excludes ? excluded : wanted)
                        .computeIfAbsent(from, name -> new ArrayList<>())
                        .add(new Hostname(parts[1]));
            }
            return new Imports(wanted, excluded);
        }

        @Nullable
        RegisteredHost matching(RegisteredHost host, Egress egress) {
            if (isExcluded(host.hostname(), host.namespace())) {
                return null;
            }
            for (String from : List.of(host.namespace(), EVERYWHERE)) {
                List<Hostname> names = wanted.getOrDefault(from, List.of());
                if (names.stream().anyMatch(name -> host.hostname().isSubsetOf(name))) {
                    RegisteredHost narrowed = narrowed(host, egress);
                    if (narrowed != null) {
                        return narrowed.withAliases(narrowed.aliases().stream()
                                .filter(alias -> names.stream().anyMatch(alias::isSubsetOf))
                                .toList());
                    }
                }
            }
            return null;
        }

        private static @Nullable RegisteredHost narrowed(RegisteredHost host, Egress egress) {
            if (!matchesPort(egress) || egress.port() == null) {
                return host;
            }
            RegisteredHost.Port port = host.port(egress.port().number());
            return port == null ? null : host.withPorts(List.of(port));
        }

        List<Rule> matching(List<Rule> rules, String namespace) {
            Set<Rule> imported = new LinkedHashSet<>();
            for (Rule rule : inOrderOfVisibility(rules, namespace, Rule.MESH)) {
                boolean matches = List.of(rule.namespace(), EVERYWHERE).stream()
                        .flatMap(from -> wanted.getOrDefault(from, List.of()).stream())
                        .anyMatch(name -> rule.hosts().stream()
                                .anyMatch(
                                        host -> rule.isImportedBy(name, host) && !isExcluded(host, rule.namespace())));
                if (matches) {
                    imported.add(rule);
                }
            }
            return List.copyOf(imported);
        }

        private boolean isExcluded(Hostname host, String namespace) {
            return List.of(namespace, EVERYWHERE).stream()
                    .flatMap(from -> excluded.getOrDefault(from, List.of()).stream())
                    .anyMatch(host::isSubsetOf);
        }
    }
}
