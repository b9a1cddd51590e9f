package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.resource.DestinationRule;
import dev.databasetraffic.mesh.resource.DestinationRule.ClientTls;
import dev.databasetraffic.mesh.resource.DestinationRule.PortPolicy;
import dev.databasetraffic.mesh.resource.DestinationRule.Subset;
import dev.databasetraffic.mesh.resource.DestinationRule.TrafficPolicy;
import dev.databasetraffic.mesh.resource.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which DestinationRule holds for a host: of the workload's own namespace, else of the host's, else of the root namespace
 * (push_context.go, destinationRule). Rules for one host in one namespace are merged.
 */
final class DestinationRules {

    private final MeshOptions options;
    private final Map<String, Map<Hostname, List<Merged>>> local = new LinkedHashMap<>();
    private final Map<String, Map<Hostname, List<Merged>>> exported = new LinkedHashMap<>();
    private final Map<Hostname, List<Merged>> rootLocal = new LinkedHashMap<>();

    /** One or more rules as one. */
    record Merged(
            String namespace,
            ExportTo exportTo,
            @Nullable Map<String, String> selector,
            List<Subset> subsets,
            @Nullable TrafficPolicy policy,
            List<Resource<DestinationRule>> from) {

        private static Merged of(Resource<DestinationRule> rule, ExportTo exportTo) {
            return new Merged(
                    rule.namespace(),
                    exportTo,
                    selectorOf(rule.spec()),
                    rule.spec().subsets(),
                    rule.spec().trafficPolicy(),
                    List.of(rule));
        }

        private Merged and(Resource<DestinationRule> rule) {
            List<Subset> all = new ArrayList<>(subsets);
            rule.spec().subsets().stream()
                    .filter(subset -> all.stream().noneMatch(each -> each.name().equals(subset.name())))
                    .forEach(all::add);
            return new Merged(
                    namespace,
                    exportTo,
                    selector,
                    all,
                    policy == null ? rule.spec().trafficPolicy() : policy,
                    Stream.concat(from.stream(), Stream.of(rule)).toList());
        }

        /** How a sidecar speaks TLS to a port of the host, or of one of its subsets; null if the rule does not say. */
        @Nullable
        ClientTls tls(@Nullable Subset subset, int port) {
            ClientTls own = tls(policy, port);
            if (subset == null || subset.trafficPolicy() == null) {
                return own;
            }
            boolean portLevel = portPolicy(subset.trafficPolicy(), port) != null;
            ClientTls ofSubset = tls(subset.trafficPolicy(), port);
            return ofSubset != null || portLevel ? ofSubset : own;
        }

        private static @Nullable ClientTls tls(@Nullable TrafficPolicy policy, int port) {
            if (policy == null) {
                return null;
            }
            PortPolicy ofPort = portPolicy(policy, port);
            return ofPort == null ? policy.tls() : ofPort.tls();
        }

        private static @Nullable PortPolicy portPolicy(TrafficPolicy policy, int port) {
            return policy.portLevelSettings().stream()
                    .filter(each -> each.port() != null && each.port().number() == port)
                    .findFirst()
                    .orElse(null);
        }
    }

    DestinationRules(List<Resource<DestinationRule>> rules, MeshOptions options) {
        this.options = options;
        rules.stream()
                .sorted(Comparator.comparing(rule -> rule.spec().workloadSelector() == null))
                .forEach(this::add);
    }

    /** @return null if no rule holds */
    @Nullable
    Merged of(RegisteredHost host, Workload workload) {
        Merged everyone = null;
        for (Merged rule : candidates(host, workload.namespace())) {
            if (rule.selector() == null) {
                everyone = rule;
            } else if (rule.namespace().equals(workload.namespace()) && workload.hasLabels(rule.selector())) {
                return rule;
            }
        }
        return everyone;
    }

    private List<Merged> candidates(RegisteredHost host, String namespace) {
        Map<Hostname, List<Merged>> own =
                namespace.equals(options.rootNamespace()) ? rootLocal : local.getOrDefault(namespace, Map.of());
        List<Merged> found = mostSpecific(own, host.hostname());
        if (found.isEmpty()) {
            found = exportedFrom(host.namespace(), host, namespace);
        }
        return found.isEmpty() ? exportedFrom(options.rootNamespace(), host, namespace) : found;
    }

    private List<Merged> exportedFrom(String owner, RegisteredHost host, String client) {
        return mostSpecific(exported.getOrDefault(owner, Map.of()), host.hostname()).stream()
                .filter(rule -> rule.exportTo().names().isEmpty()
                        || rule.exportTo().isPublic()
                        || rule.exportTo().names().contains(client))
                .toList();
    }

    private static List<Merged> mostSpecific(Map<Hostname, List<Merged>> rules, Hostname host) {
        List<Merged> exact = rules.get(host);
        return exact != null
                ? exact
                : host.mostSpecificOf(rules.keySet()).map(rules::get).orElse(List.of());
    }

    private void add(Resource<DestinationRule> rule) {
        Hostname host = Hostname.qualified(rule.spec().host(), rule.namespace(), options.clusterDomain());
        ExportTo exportTo = rule.spec().workloadSelector() == null
                ? ExportTo.of(rule.spec().exportTo())
                : ExportTo.of(List.of("."));
        boolean seenAtHome = exportTo.names().isEmpty() || exportTo.isVisibleIn(rule.namespace(), rule.namespace());
        if (seenAtHome) {
            merge(local.computeIfAbsent(rule.namespace(), namespace -> new LinkedHashMap<>()), host, rule, exportTo);
        }
        boolean privateOnly = exportTo.names().isEmpty()
                ? options.defaultDestinationRuleExportTo().contains(".")
                : exportTo.isPrivate(rule.namespace());
        if (!privateOnly) {
            merge(exported.computeIfAbsent(rule.namespace(), namespace -> new LinkedHashMap<>()), host, rule, exportTo);
        } else if (rule.namespace().equals(options.rootNamespace())) {
            merge(rootLocal, host, rule, exportTo);
        }
    }

    private static void merge(
            Map<Hostname, List<Merged>> rules, Hostname host, Resource<DestinationRule> rule, ExportTo exportTo) {
        List<Merged> sameHost = rules.computeIfAbsent(host, name -> new ArrayList<>());
        Map<String, String> selector = selectorOf(rule.spec());
        boolean separate = true;
        for (int i = 0; i < sameHost.size(); i++) {
            Merged existing = sameHost.get(i);
            boolean same = existing.exportTo().equals(exportTo);
            boolean wider = !existing.exportTo().names().isEmpty()
                    && exportTo.names().containsAll(existing.exportTo().names());
            boolean sameWorkloads = Objects.equals(existing.selector(), selector);
            boolean otherWorkloads = existing.selector() != null && selector != null && !sameWorkloads;
            separate = !same || otherWorkloads;
            if (!same && !wider || otherWorkloads) {
                continue;
            }
            separate &= !sameWorkloads;
            sameHost.set(i, existing.and(rule));
        }
        if (separate) {
            sameHost.add(Merged.of(rule, exportTo));
        }
    }

    private static @Nullable Map<String, String> selectorOf(DestinationRule rule) {
        return rule.workloadSelector() == null ? null : rule.workloadSelector().matchLabels();
    }
}
