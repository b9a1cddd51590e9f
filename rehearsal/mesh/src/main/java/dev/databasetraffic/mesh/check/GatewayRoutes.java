package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Origin.Section;
import dev.databasetraffic.mesh.model.Rule;
import dev.databasetraffic.mesh.resource.Gateway;
import dev.databasetraffic.mesh.resource.Gateway.Server;
import dev.databasetraffic.mesh.resource.Resource;
import dev.databasetraffic.mesh.resource.VirtualService.StaticMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A route for gateways that none of them reads. */
final class GatewayRoutes implements RuleInspection {

    @Override
    public List<Finding> findings(CheckedMesh mesh, Neighbourhood around) {
        List<Finding> findings = new ArrayList<>();
        for (RouteUnit unit : RouteUnit.all(around.rule())) {
            Set<String> gateways = unit.gateways().stream()
                    .filter(name -> !name.equals(Rule.MESH))
                    .collect(Collectors.toSet());
            boolean done = unit.isForSidecars() && around.isReadBySidecars(unit);
            if (!gateways.isEmpty() && !done) {
                Finding finding = finding(mesh, unit, gateways);
                if (finding != null) {
                    findings.add(finding);
                }
            }
        }
        return findings;
    }

    private static @Nullable Finding finding(CheckedMesh mesh, RouteUnit unit, Set<String> gateways) {
        Set<String> bound = gateways.stream()
                .filter(name -> unit.rule().gateways().contains(name))
                .collect(Collectors.toSet());
        if (bound.isEmpty()) {
            return trap(
                    Trap.MATCHES_NOBODY,
                    unit,
                    "It is for %s, and the rule is bound to %s alone: no proxy reads this match."
                            .formatted(names(gateways), names(unit.rule().gateways())),
                    "name the gateway in spec.gateways as well, or take it out of the match");
        }
        List<GatewayView> views = bound.stream()
                .map(name -> GatewayView.of(mesh, name, unit.rule()))
                .flatMap(Optional::stream)
                .toList();
        if (views.stream().anyMatch(view -> view.reads(unit))) {
            return null;
        }
        if (views.size() < bound.size()) {
            return unit.isForSidecars() ? null : elsewhere(mesh, unit, bound);
        }
        return unread(mesh, unit, views.get(0));
    }

    private static Finding elsewhere(CheckedMesh mesh, RouteUnit unit, Set<String> gateways) {
        Optional<String> namesake = mesh.gateways().keySet().stream()
                .filter(key -> gateways.contains(unit.rule().namespace() + "/" + nameOf(key)))
                .findFirst();
        if (namesake.isPresent()) {
            Manifest gateway =
                    Objects.requireNonNull(mesh.gateways().get(namesake.get())).manifest();
            return trap(
                    Trap.GATEWAY_DEAD_END,
                    unit,
                    "It is for %s, for a name without namespace is of the rule's own; the Gateway among these files is %s (%s),"
                                    .formatted(names(gateways), namesake.get(), Where.is(gateway))
                            + " whose proxy does not read this route.",
                    "write %s in spec.gateways, and in the match".formatted(namesake.get()));
        }
        boolean alsoForSidecars = unit.rule().gateways().contains(Rule.MESH);
        return new Finding(
                Trap.NOT_BOUND_TO_MESH,
                Severity.UNKNOWN,
                unit.manifest(),
                unit.manifest().line("spec", "gateways"),
                "It is for %s alone, which nothing among these files declares, and not for sidecars: what workloads of the"
                                .formatted(names(gateways))
                        + " mesh send does not pass it.",
                (alsoForSidecars ? "" : "add mesh to gateways if it is meant for sidecars; or ")
                        + "give the file of the Gateway to this check as well");
    }

    private static String nameOf(String gateway) {
        return gateway.substring(gateway.indexOf('/') + 1);
    }

    private static Finding unread(CheckedMesh mesh, RouteUnit unit, GatewayView view) {
        String gateway =
                view.gateway().manifest() + " (" + Where.is(view.gateway().manifest()) + ")";
        if (!unit.rule().isVisibleIn(view.workload().namespace())) {
            return trap(
                    Trap.NOT_VISIBLE,
                    unit,
                    "%s does not see the rule: its proxy runs in namespace %s, and exportTo is %s."
                            .formatted(
                                    gateway,
                                    view.workload().namespace(),
                                    unit.rule().spec().exportTo()),
                    "add the namespace to exportTo");
        }
        List<Server> servers = view.serversWithHostOf(unit.rule()).toList();
        if (servers.isEmpty()) {
            return trap(
                    Trap.MATCHES_NOBODY,
                    unit,
                    "%s serves none of the hosts %s."
                            .formatted(gateway, unit.rule().hosts()),
                    "add the host to a server of the Gateway");
        }
        if (view.serversFor(unit.rule()).findAny().isEmpty()) {
            return trap(
                    Trap.NOT_VISIBLE,
                    unit,
                    "%s takes rules for its hosts %s from the namespace before the slash alone, and this one is in %s."
                            .formatted(
                                    gateway,
                                    servers.stream()
                                            .flatMap(server -> server.hosts().stream())
                                            .toList(),
                                    unit.rule().namespace()),
                    "write the host as %s/… in the Gateway, or without a namespace; or move the rule"
                            .formatted(unit.rule().namespace()));
        }
        if (view.servers(unit).findAny().isEmpty()) {
            return trap(
                    Trap.GATEWAY_DEAD_END,
                    unit,
                    "It is for port %s, and %s serves the host at %s alone: the gateway closes what arrives."
                            .formatted(
                                    unit.matches().stream()
                                            .map(StaticMatch::port)
                                            .map(String::valueOf)
                                            .collect(Collectors.joining(", ")),
                                    gateway,
                                    servers.stream()
                                            .map(server -> String.valueOf(Objects.requireNonNull(server.port())
                                                    .number()))
                                            .collect(Collectors.joining(", "))),
                    "match the port that the Gateway has");
        }
        Section section = GatewayView.sectionOf(view.servers(unit).findFirst().orElseThrow());
        if (section != unit.section()) {
            return trap(
                    Trap.IGNORED_ROUTE,
                    unit,
                    "This %s route does nothing: the server of %s reads %s routes alone."
                            .formatted(unit.section().member(), gateway, section.member()),
                    mend(section));
        }
        List<Resource<Gateway>> before = GatewayView.before(mesh, view.gateway());
        if (!before.isEmpty()) {
            Manifest first = before.get(0).manifest();
            return trap(
                    Trap.SHARED_ADDRESS,
                    unit,
                    "%s has its port at the proxy of %s (%s) as well: nothing tells their connections apart, and whichever was created first gets those of both."
                            .formatted(gateway, first, Where.is(first)),
                    "give each Gateway a port of its own; or servers with tls, which are told apart by server name");
        }
        return trap(
                Trap.NO_EFFECT,
                unit,
                "%s does the same without it: an earlier match takes the same connections.".formatted(gateway),
                "take it away, or move it before the match that takes its traffic");
    }

    private static String mend(Section section) {
        return switch (section) {
            case TLS -> "match by server name: tls: [{match: [{port: …, sniHosts: [the host]}], route: [the same]}]";
            case TCP ->
                "the server ends TLS, so that what follows is bytes: tcp: [{match: [{port: …}], route: [the same]}]";
            case HTTP -> "the server reads requests: http: [{match: [{port: …}], route: [the same]}]";
        };
    }

    private static String names(Set<String> gateways) {
        return gateways.stream()
                .sorted()
                .map(name -> name.equals(Rule.MESH) ? "sidecars (mesh)" : "Gateway " + name)
                .collect(Collectors.joining(", "));
    }

    private static Finding trap(Trap trap, RouteUnit unit, String why, String mend) {
        return new Finding(trap, Severity.TRAP, unit.manifest(), unit.line(), why, mend);
    }
}
