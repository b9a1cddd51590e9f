package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.MeshModel;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Rule;
import dev.databasetraffic.mesh.resource.ConnectionRoute.Parent;
import dev.databasetraffic.mesh.resource.DestinationRule;
import dev.databasetraffic.mesh.resource.Gateway;
import dev.databasetraffic.mesh.resource.KubernetesGateway;
import dev.databasetraffic.mesh.resource.Resource;
import dev.databasetraffic.mesh.resource.Resources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the files hold, indexed by host, so that a rule can be looked at among what touches it and nothing else. Several
 * files may hold versions of one object: each rule is looked at in its own version, among the latest ones of all others.
 */
final class CheckedMesh {

    private final List<Manifest> manifests;
    private final MeshOptions options;
    private final Map<Manifest, Resource<?>> read = new HashMap<>();
    private final Set<Manifest> inForce;
    private final Resources latest;
    private final MeshModel model;
    private final Map<Written, Manifest> lastInFile = new HashMap<>();
    private final List<Rule> rules;
    private final List<KnownWorkload> workloads;
    private final ByHost<RegisteredHost> hosts = new ByHost<>();
    private final ByHost<Rule> rulesByHost = new ByHost<>();
    private final ByHost<Resource<DestinationRule>> policies = new ByHost<>();
    private final Map<String, Resource<Gateway>> gateways = new LinkedHashMap<>();

    /** What one file holds once. */
    private record Written(Path file, String group, String kind, String namespace, String name) {

        Written(Manifest manifest) {
            this(manifest.file(), manifest.group(), manifest.kind(), manifest.namespace(), manifest.name());
        }
    }

    private CheckedMesh(List<Manifest> manifests, MeshOptions options) {
        this.manifests = manifests;
        this.options = options;
        this.latest = Resources.of(manifests);
        latest.all().forEach(resource -> read.put(resource.manifest(), resource));
        this.inForce = Set.copyOf(read.keySet());
        this.model = MeshModel.of(latest, options);
        manifests.forEach(manifest -> lastInFile.put(new Written(manifest), manifest));
        this.rules = manifests.stream()
                .filter(manifest -> replacementInItsFile(manifest) == null)
                .flatMap(manifest -> rules(Resources.ofRead(read(List.of(manifest)))))
                .toList();
        this.workloads = KnownWorkload.all(manifests);
        model.hosts().forEach(host -> hosts.add(host.hostname(), host));
        model.rules().forEach(rule -> rule.hosts().forEach(host -> rulesByHost.add(host, rule)));
        latest.destinationRules()
                .forEach(policy -> policies.add(
                        Hostname.qualified(policy.spec().host(), policy.namespace(), options.clusterDomain()), policy));
        latest.gateways().forEach(gateway -> gateways.put(gateway.key(), gateway));
    }

    /** Rules as they are written: one for each object. */
    private Stream<Rule> rules(Resources written) {
        return Stream.concat(
                written.virtualServices().stream().map(rule -> Rule.of(rule, options)),
                written.connectionRoutes().stream()
                        .filter(route -> route.spec().parentRefs().stream().anyMatch(Parent::isInMesh))
                        .map(model::asWritten));
    }

    static CheckedMesh of(List<Manifest> manifests, MeshOptions options) {
        return new CheckedMesh(manifests, options);
    }

    boolean isLatest(Manifest manifest) {
        return inForce.contains(manifest);
    }

    /** The last object of this one's kind and name in its file, null if that is this one. */
    @Nullable
    Manifest replacementInItsFile(Manifest manifest) {
        Manifest last = lastInFile.get(new Written(manifest));
        return last == manifest ? null : last;
    }

    /** The same files, the one of this manifest applied last. */
    CheckedMesh withFileLast(Manifest manifest) {
        List<Manifest> reordered = new ArrayList<>(manifests);
        reordered.sort(Comparator.comparing(each -> each.file().equals(manifest.file())));
        return new CheckedMesh(reordered, options);
    }

    /** These manifests as they were read, those that the model does not read left out. */
    List<Resource<?>> read(Collection<Manifest> some) {
        List<Resource<?>> found = new ArrayList<>();
        for (Manifest manifest : some) {
            Resource<?> resource = read.get(manifest);
            if (resource == null) {
                resource = Resources.read(manifest);
            }
            if (resource != null) {
                read.put(manifest, resource);
                found.add(resource);
            }
        }
        return found;
    }

    /** The mesh that there were if it had these alone. */
    MeshModel modelOf(Collection<Manifest> some) {
        return MeshModel.of(Resources.ofRead(read(some)), options);
    }

    MeshOptions options() {
        return options;
    }

    Resources resources() {
        return latest;
    }

    MeshModel model() {
        return model;
    }

    List<Manifest> manifests() {
        return manifests;
    }

    /** Every rule, older versions of one included, in the order of the files. */
    List<Rule> rules() {
        return rules;
    }

    List<KnownWorkload> workloads() {
        return workloads;
    }

    /** The Gateways, by namespace/name. */
    Map<String, Resource<Gateway>> gateways() {
        return gateways;
    }

    Collection<RegisteredHost> hostsOverlapping(Hostname name) {
        return hosts.overlapping(name);
    }

    Collection<Rule> rulesOverlapping(Hostname name) {
        return rulesByHost.overlapping(name);
    }

    /** The order of two resources in the files; the API server may take them in another. */
    boolean isListedBefore(Manifest one, Manifest other) {
        return manifests.indexOf(one) < manifests.indexOf(other);
    }

    /** The DestinationRules for a host. */
    Stream<Resource<DestinationRule>> policies(Hostname name) {
        return policies.overlapping(name).stream();
    }

    /** What declares or treats these hosts. */
    Set<Manifest> declarations(Stream<Hostname> names) {
        Set<Manifest> found = new LinkedHashSet<>();
        names.forEach(name -> {
            hosts.overlapping(name).forEach(host -> found.add(host.manifest()));
            policies.overlapping(name).forEach(policy -> found.add(policy.manifest()));
        });
        return found;
    }

    /** What says which hosts and rules a proxy is told of, and which waypoint hosts have: it may concern any rule. */
    Stream<Manifest> scopes() {
        Stream<? extends Resource<?>> namespaces = latest.namespaces().stream()
                .filter(namespace -> namespace.manifest().labels().containsKey(KubernetesGateway.USE_LABEL));
        return Stream.of(latest.sidecars().stream(), latest.kubernetesGateways().stream(), namespaces)
                .flatMap(each -> each)
                .map(Resource::manifest);
    }

    /** Values by hosts' names, wildcards among them. */
    private static final class ByHost<V> {

        private final Map<Hostname, List<V>> exact = new HashMap<>();
        private final Map<Hostname, List<V>> wildcards = new LinkedHashMap<>();

        void add(Hostname name, V value) {
            (name.isWildcard() ? wildcards : exact)
                    .computeIfAbsent(name, each -> new ArrayList<>())
                    .add(value);
        }

        Collection<V> overlapping(Hostname name) {
            Set<V> found = new LinkedHashSet<>(exact.getOrDefault(name, List.of()));
            if (name.isWildcard()) {
                exact.forEach((each, values) -> {
                    if (each.overlaps(name)) {
                        found.addAll(values);
                    }
                });
            }
            wildcards.forEach((each, values) -> {
                if (each.overlaps(name)) {
                    found.addAll(values);
                }
            });
            return found;
        }
    }
}
