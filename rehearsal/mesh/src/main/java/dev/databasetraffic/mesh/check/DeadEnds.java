package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.resource.Destination;
import dev.databasetraffic.mesh.resource.DestinationRule;
import dev.databasetraffic.mesh.resource.Resource;
import dev.databasetraffic.mesh.resource.VirtualService.Weighted;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A route that is read and leads to a host, port or subset without a cluster: the proxy resets every connection (access
 * log flag NC).
 */
final class DeadEnds implements RuleInspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        for (RouteUnit unit : RouteUnit.all(around.rule())) {
            for (int i = 0; i < unit.route().size(); i++) {
                Weighted weighted = unit.route().get(i);
                if (unit.route().size() > 1 && weighted.weight() == 0) {
                    findings.addAll(withoutWeight(unit, i));
                    continue;
                }
                Finding finding = missing(mesh, around, unit, i);
                if (finding != null) {
                    findings.add(finding);
                }
            }
        }
        return findings;
    }

    /** Zero, where it is written, is meant. */
    private static List<Finding> withoutWeight(RouteUnit unit, int i) {
        boolean said = unit.manifest()
                .tree()
                .at("/spec/%s/%d/route/%d/weight".formatted(unit.section().member(), unit.index(), i))
                .isNumber();
        return said
                ? List.of()
                : List.of(new Finding(
                        Trap.NO_WEIGHT,
                        Severity.TRAP,
                        unit.manifest(),
                        unit.lineOfDestination(i),
                        "%s gets nothing: beside other destinations one without a weight has weight 0."
                                .formatted(unit.route().get(i).destination().host()),
                        "give every destination of the route a weight, e.g. 50 and 50"));
    }

    private static @Nullable Finding missing(CheckedMesh mesh, Neighbourhood around, RouteUnit unit, int i) {
        Destination to = unit.route().get(i).destination();
        Readers readers = Readers.of(mesh, around, unit);
        Hostname name = unit.rule().destination(to.host());
        if (to.host().isEmpty()) {
            return unit.rule().isOfGatewayApi()
                    ? trap(
                            unit,
                            i,
                            "istiod knows no backends of this kind.",
                            "name a Service, or {group: networking.istio.io, kind: Hostname, name: <host>}")
                    : null;
        }
        if (to.equals(Destination.NOBODY)) {
            return null;
        }
        if (readers.proxies().isEmpty()) {
            boolean told = unit.rule().names(name);
            return !told && mesh.hostsOverlapping(name).isEmpty()
                    ? new UnknownDestination(mesh, unit, i, name).finding()
                    : null;
        }
        if (readers.lack(proxy -> proxy.hosts().containsKey(name))) {
            return new UnknownDestination(mesh, unit, i, name).finding();
        }
        RegisteredHost host = readers.proxies().stream()
                .map(proxy -> proxy.hosts().get(name))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        Hostname alias = host.aliasOf();
        if (alias != null && readers.lack(proxy -> proxy.hosts().containsKey(alias))) {
            return trap(
                    unit,
                    i,
                    "%s (%s) is another name for %s, and nothing among these files declares that."
                            .formatted(name, Where.is(host.manifest()), alias),
                    "declare %s with a ServiceEntry, and name it as the destination".formatted(alias));
        }
        int port = port(to, host, unit, readers.proxies().get(0));
        // The cluster is that of the host that an alias stands for.
        RegisteredHost meant = alias == null
                ? host
                : readers.proxies().stream()
                        .map(proxy -> proxy.hosts().get(alias))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow();
        if (meant.port(port) == null) {
            return trap(
                    unit,
                    i,
                    "%s has no port %d; it has %s (%s)."
                            .formatted(
                                    meant.hostname(),
                                    port,
                                    meant.ports().stream()
                                            .map(RegisteredHost.Port::number)
                                            .toList(),
                                    Where.is(meant.manifest(), "spec", "ports")),
                    "name one of them in the destination's port.number");
        }
        String cluster = meant.cluster(to.subset(), port);
        return !to.subset().isEmpty() && readers.lack(proxy -> proxy.clusters().containsKey(cluster))
                ? withoutSubset(mesh, unit, i, meant, to.subset())
                : null;
    }

    /** The port a destination means: the one it names, the only one there is, or the one that was matched. */
    static int port(Destination to, RegisteredHost host, RouteUnit unit, ProxyConfiguration reader) {
        if (to.portNumber() != 0) {
            return to.portNumber();
        }
        if (host.ports().size() == 1) {
            return host.ports().get(0).number();
        }
        return reader.listeners().values().stream()
                .filter(listener -> listener.allChains().stream().anyMatch(chain -> unit.isOrigin(chain.origin())))
                .map(listener -> listener.port())
                .findFirst()
                .orElse(unit.matches().isEmpty() ? 0 : unit.matches().get(0).port());
    }

    private static Finding withoutSubset(CheckedMesh mesh, RouteUnit unit, int i, RegisteredHost host, String subset) {
        boolean ruled = mesh.declarations(Stream.of(host.hostname())).stream()
                .anyMatch(manifest -> manifest.kind().equals("DestinationRule"));
        List<Resource<DestinationRule>> defining = mesh.resources().destinationRules().stream()
                .filter(rule -> Hostname.qualified(
                                rule.spec().host(),
                                rule.namespace(),
                                mesh.options().clusterDomain())
                        .equals(host.hostname()))
                .filter(rule -> rule.spec().subsets().stream()
                        .anyMatch(each -> each.name().equals(subset)))
                .toList();
        if (!ruled) {
            Finding forNamesake = ofNamesake(mesh, unit, i, host, subset);
            if (forNamesake != null) {
                return forNamesake;
            }
        }
        String defined = defining.stream()
                .map(rule -> rule.manifest() + " (" + Where.is(rule.manifest()) + ")")
                .collect(Collectors.joining(", "));
        boolean isBesideIt = defining.stream().anyMatch(rule -> rule.namespace().equals(host.namespace()));
        String why = defined.isEmpty()
                ? "No DestinationRule among these files defines subset %s of %s.".formatted(subset, host.hostname())
                : ("Subset %s of %s is defined by %s, which these workloads do not see: of the DestinationRules of the"
                                + " caller's namespace, the destination's and the root namespace the first counts alone.")
                        .formatted(subset, host.hostname(), defined);
        String mend = defined.isEmpty()
                ? "define the subset, or give the file that does to this check as well"
                : isBesideIt
                        ? "define the subset in the DestinationRule of the caller's namespace as well, or take that one away"
                        : "move the DestinationRule to namespace %s".formatted(host.namespace());
        return ruled
                ? trap(unit, i, why, mend)
                : new Finding(
                        Trap.MISSING_DESTINATION,
                        Severity.UNKNOWN,
                        unit.manifest(),
                        unit.lineOfDestination(i),
                        why,
                        mend);
    }

    /** A DestinationRule with the subset whose short name was completed to another host, which nobody declares. */
    private static @Nullable Finding ofNamesake(
            CheckedMesh mesh, RouteUnit unit, int i, RegisteredHost host, String subset) {
        for (Resource<DestinationRule> rule : mesh.resources().destinationRules()) {
            Hostname completed = Hostname.qualified(
                    rule.spec().host(), rule.namespace(), mesh.options().clusterDomain());
            if (rule.spec().host().equals(host.name())
                    && mesh.hostsOverlapping(completed).isEmpty()
                    && rule.spec().subsets().stream()
                            .anyMatch(each -> each.name().equals(subset))) {
                return trap(
                        unit,
                        i,
                        ("Subset %s is defined by %s (%s) for %s, for a short name is of the rule's own namespace, and not"
                                        + " for %s.")
                                .formatted(
                                        subset, rule.manifest(), Where.is(rule.manifest()), completed, host.hostname()),
                        "write host: %s in that DestinationRule".formatted(host.hostname()));
            }
        }
        return null;
    }

    static Finding trap(RouteUnit unit, int i, String why, String mend) {
        return new Finding(
                Trap.MISSING_DESTINATION,
                Severity.TRAP,
                unit.manifest(),
                unit.lineOfDestination(i),
                why + " Connections are reset.",
                mend);
    }
}
