package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.MeshModel;
import dev.databasetraffic.mesh.model.Origin.Section;
import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Rule;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.mesh.resource.Resource;
import dev.databasetraffic.mesh.resource.Resources;
import dev.databasetraffic.mesh.resource.VirtualService.StaticMatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A rule among what touches its hosts, as the proxies of all workloads see it that it may be for. Where the files do not
 * say which of several rules is the oldest, this one is the youngest.
 */
final class Neighbourhood {

    /** A namespace that no file speaks of. */
    static final String ELSEWHERE = "any-other-namespace";

    private static final int WORKLOADS_OF_A_NAMESPACE = 8;
    private static final int HTTP = 80;

    private final CheckedMesh mesh;
    private final Rule rule;
    private final List<Manifest> manifests;
    private final List<Workload> workloads;
    private final Map<Workload, ProxyConfiguration> sidecars = new HashMap<>();
    private final Map<Workload, ProxyConfiguration> sidecarsWithoutRule = new HashMap<>();
    private final Map<Workload, ProxyConfiguration> sidecarsOfEverything = new HashMap<>();
    private final MeshModel model;
    private final MeshModel modelWithoutRule;

    private Neighbourhood(CheckedMesh mesh, Rule rule) {
        this.mesh = mesh;
        this.rule = rule;
        this.manifests = manifests(mesh, rule);
        this.model = model(manifest -> true);
        this.modelWithoutRule = model(manifest -> !manifest.equals(rule.manifest()));
        this.workloads = workloads(mesh, rule);
    }

    static Neighbourhood of(CheckedMesh mesh, Rule rule) {
        return new Neighbourhood(mesh, rule);
    }

    Rule rule() {
        return rule;
    }

    MeshModel model() {
        return model;
    }

    /** The workloads that the rule may be for, those without a pod in the files included. */
    List<Workload> workloads() {
        return workloads;
    }

    /** Those of them whose labels and namespace a route is for; all where that is none. */
    List<Workload> callers(RouteUnit unit) {
        List<Workload> callers = workloads.stream().filter(unit::isFor).toList();
        return callers.isEmpty() ? workloads : callers;
    }

    ProxyConfiguration sidecar(Workload workload) {
        return sidecars.computeIfAbsent(workload, model::sidecar);
    }

    ProxyConfiguration sidecarWithoutRule(Workload workload) {
        return sidecarsWithoutRule.computeIfAbsent(workload, modelWithoutRule::sidecar);
    }

    /** Whether any workload's sidecar reads the route. */
    boolean isReadBySidecars(RouteUnit unit) {
        return workloads.stream().anyMatch(workload -> isRead(unit, sidecar(workload)));
    }

    /** Whether any would, if these manifests alone were there. */
    boolean wouldBeReadAmong(RouteUnit unit, Predicate<Manifest> present) {
        MeshModel other = model(present);
        return workloads.stream().anyMatch(workload -> isRead(unit, other.sidecar(workload)));
    }

    /** Whether the workload's would, if no Sidecar kept anything from it. */
    boolean isReadWithoutSidecars(RouteUnit unit, Workload workload) {
        return isRead(
                unit,
                sidecarsOfEverything.computeIfAbsent(
                        workload,
                        each -> model(present -> !present.kind().equals("Sidecar"))
                                .sidecar(each)));
    }

    static boolean isRead(RouteUnit unit, ProxyConfiguration proxy) {
        return proxy.listeners().values().stream()
                        .anyMatch(listener -> listener.allChains().stream()
                                .anyMatch(chain -> unit.isOrigin(chain.origin()) && listener.reaches(chain)))
                || proxy.requests().values().stream()
                        .flatMap(Collection::stream)
                        .anyMatch(route -> unit.isOrigin(route.origin()));
    }

    private MeshModel model(Predicate<Manifest> present) {
        List<Resource<?>> resources = new ArrayList<>();
        for (Resource<?> resource : mesh.read(manifests)) {
            if (present.test(resource.manifest())) {
                resources.add(asYoungAsKnown(resource));
            }
        }
        return MeshModel.of(Resources.ofRead(resources), mesh.options());
    }

    private Resource<?> asYoungAsKnown(Resource<?> resource) {
        boolean unknown = resource.created().equals(Resource.NOT_YET);
        return unknown && !resource.manifest().equals(rule.manifest())
                ? resource.created(Resource.NOT_YET.minusSeconds(1))
                : resource;
    }

    private static List<Manifest> manifests(CheckedMesh mesh, Rule rule) {
        Set<Manifest> found = new LinkedHashSet<>(mesh.declarations(Stream.concat(
                rule.hosts().stream(),
                RouteUnit.all(rule).stream()
                        .flatMap(Neighbourhood::destinations)
                        .flatMap(destination -> withAliased(mesh, destination)))));
        found.addAll(portOfUndeclared(mesh, rule));
        mesh.scopes().forEach(found::add);
        rule.gateways().stream()
                .map(mesh.gateways()::get)
                .filter(Objects::nonNull)
                .map(Resource::manifest)
                .forEach(found::add);
        rule.hosts().stream()
                .flatMap(host -> mesh.rulesOverlapping(host).stream())
                .map(Rule::manifest)
                .filter(other -> !other.replaces(rule.manifest()))
                .forEach(found::add);
        found.add(rule.manifest());
        return List.copyOf(found);
    }

    private static Stream<Hostname> destinations(RouteUnit unit) {
        return unit.route().stream()
                .map(each -> unit.rule().destination(each.destination().host()));
    }

    /** The name, and what it is another name for, if it is. */
    private static Stream<Hostname> withAliased(CheckedMesh mesh, Hostname name) {
        return Stream.concat(
                Stream.of(name),
                mesh.hostsOverlapping(name).stream()
                        .map(RegisteredHost::aliasOf)
                        .filter(Objects::nonNull));
    }

    /**
     * Requests for a host outside that nobody declares are found at port 80, where any other HTTP host makes sidecars listen: some of
     * those stand for all.
     */
    private static List<Manifest> portOfUndeclared(CheckedMesh mesh, Rule rule) {
        List<Hostname> undeclared = rule.hosts().stream()
                .filter(host -> mesh.hostsOverlapping(host).isEmpty())
                .toList();
        if (undeclared.isEmpty()
                || rule.spec().http().isEmpty()
                || !undeclared.stream().allMatch(new UndeclaredHosts(mesh)::isOutside)) {
            return List.of();
        }
        return mesh.model().hosts().stream()
                .filter(host -> host.ports().stream().anyMatch(Neighbourhood::takesRequests))
                .map(RegisteredHost::manifest)
                .limit(WORKLOADS_OF_A_NAMESPACE)
                .toList();
    }

    private static boolean takesRequests(RegisteredHost.Port port) {
        return port.number() == HTTP && UnreadCause.reads(port.protocol(), Section.HTTP);
    }

    private static List<Workload> workloads(CheckedMesh mesh, Rule rule) {
        Set<String> namespaces = new LinkedHashSet<>(List.of(rule.namespace()));
        rule.hosts().stream()
                .flatMap(host -> mesh.hostsOverlapping(host).stream())
                .map(RegisteredHost::namespace)
                .forEach(namespaces::add);
        List<StaticMatch> matches = new ArrayList<>();
        RouteUnit.all(rule).forEach(unit -> matches.addAll(unit.matches()));
        matches.stream()
                .map(StaticMatch::sourceNamespace)
                .filter(name -> !name.isEmpty())
                .forEach(namespaces::add);
        mesh.workloads().stream()
                .map(each -> each.workload().namespace())
                .filter(name -> namespaces.size() < WORKLOADS_OF_A_NAMESPACE)
                .forEach(namespaces::add);
        rule.spec().exportTo().stream().filter(name -> name.length() > 1).forEach(namespaces::add);
        namespaces.add(ELSEWHERE);
        Set<Workload> workloads = new LinkedHashSet<>();
        for (String namespace : namespaces) {
            if (!rule.isVisibleIn(namespace)) {
                continue;
            }
            List<Workload> known = known(mesh)
                    .filter(each -> each.namespace().equals(namespace))
                    .toList();
            Set<Workload> some = new LinkedHashSet<>();
            // However many there are, those that a match is for come first.
            matches.forEach(match -> known.stream()
                    .filter(each -> isNamed(each, match))
                    .limit(WORKLOADS_OF_A_NAMESPACE)
                    .forEach(some::add));
            for (Workload each : known) {
                if (some.size() < WORKLOADS_OF_A_NAMESPACE) {
                    some.add(each);
                }
            }
            workloads.addAll(some.isEmpty() ? Set.of(new Workload(namespace, Map.of())) : some);
            matches.stream()
                    .filter(match ->
                            known(mesh).noneMatch(each -> rule.isVisibleIn(each.namespace()) && isNamed(each, match)))
                    .map(match -> new Workload(namespace, match.sourceLabels()))
                    .filter(each -> !each.labels().isEmpty())
                    .forEach(workloads::add);
        }
        return List.copyOf(workloads);
    }

    private static Stream<Workload> known(CheckedMesh mesh) {
        return mesh.workloads().stream().map(KnownWorkload::workload);
    }

    /** Whether a match is for workloads with such labels, and for this one. */
    private static boolean isNamed(Workload workload, StaticMatch match) {
        return !match.sourceLabels().isEmpty()
                && workload.hasLabels(match.sourceLabels())
                && (match.sourceNamespace().isEmpty() || match.sourceNamespace().equals(workload.namespace()));
    }
}
