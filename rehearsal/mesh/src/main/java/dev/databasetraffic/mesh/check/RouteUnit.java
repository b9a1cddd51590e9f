package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Origin;
import dev.databasetraffic.mesh.model.Origin.Section;
import dev.databasetraffic.mesh.model.RouteText;
import dev.databasetraffic.mesh.model.Rule;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.mesh.resource.VirtualService.StaticMatch;
import dev.databasetraffic.mesh.resource.VirtualService.TlsMatch;
import dev.databasetraffic.mesh.resource.VirtualService.Weighted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The smallest part of a rule that can have an effect of its own: a route with one of its matches. The matches of an http
 * route count together, since requests may satisfy any of them, and so do those of a route of the Gateway API.
 *
 * @param index of the route in its section
 * @param match the index of its match, -1 if it has none
 * @param matches the conditions, of which one is enough; empty for a route for everything
 * @param serverNames of a tls match, else empty
 */
record RouteUnit(
        Rule rule,
        Section section,
        int index,
        int match,
        List<? extends StaticMatch> matches,
        List<String> serverNames,
        List<Weighted> route) {

    static List<RouteUnit> all(Rule rule) {
        List<RouteUnit> units = new ArrayList<>();
        var tls = rule.spec().tls();
        for (int i = 0; i < tls.size(); i++) {
            addTo(units, rule, Section.TLS, i, tls.get(i).match(), tls.get(i).route());
        }
        var tcp = rule.spec().tcp();
        for (int i = 0; i < tcp.size(); i++) {
            addTo(units, rule, Section.TCP, i, tcp.get(i).match(), tcp.get(i).route());
        }
        var http = rule.spec().http();
        for (int i = 0; i < http.size(); i++) {
            addTo(units, rule, Section.HTTP, i, http.get(i).match(), http.get(i).route());
        }
        return units;
    }

    private static void addTo(
            List<RouteUnit> units,
            Rule rule,
            Section section,
            int index,
            List<? extends StaticMatch> matches,
            List<Weighted> route) {
        if (matches.isEmpty() || areTogether(rule, section)) {
            units.add(new RouteUnit(
                    rule, section, index, matches.isEmpty() ? -1 : 0, matches, serverNames(matches), route));
            return;
        }
        for (int i = 0; i < matches.size(); i++) {
            List<? extends StaticMatch> own = List.of(matches.get(i));
            units.add(new RouteUnit(rule, section, index, i, own, serverNames(own), route));
        }
    }

    private static List<String> serverNames(List<? extends StaticMatch> matches) {
        return matches.stream()
                .flatMap(match -> match instanceof TlsMatch tls ? tls.sniHosts().stream() : Stream.empty())
                .distinct()
                .toList();
    }

    /** A route of the Gateway API has no matches of its own, but one for each of its parents. */
    private static boolean areTogether(Rule rule, Section section) {
        return section == Section.HTTP || rule.isOfGatewayApi();
    }

    Manifest manifest() {
        return rule.manifest();
    }

    /** What reads it: sidecars as {@value Rule#MESH}, or Gateways as namespace/name. */
    Set<String> gateways() {
        Set<String> gateways = new TreeSet<>();
        for (StaticMatch match : matches) {
            match.gateways().forEach(name -> gateways.add(Rule.gateway(name, rule.namespace())));
        }
        boolean ownForAll = !matches.isEmpty()
                && matches.stream().noneMatch(match -> match.gateways().isEmpty());
        if (!ownForAll) {
            gateways.addAll(rule.gateways());
        }
        return gateways;
    }

    boolean isForSidecars() {
        return gateways().contains(Rule.MESH);
    }

    boolean isOrigin(Origin origin) {
        return origin instanceof Origin.Route route
                && route.manifest().equals(manifest())
                && route.section() == section
                && route.route() == index
                && (areTogether(rule, section) || route.match() == match);
    }

    /** The destinations that get anything: beside others, one without weight does not. */
    Stream<Weighted> shares() {
        return route.stream().filter(to -> route.size() == 1 || to.weight() > 0);
    }

    /** Whether it names no port, or this one. */
    boolean matchesPort(int port) {
        return matches.isEmpty() || matches.stream().anyMatch(each -> each.port() == 0 || each.port() == port);
    }

    /** Whether its labels and namespaces, as far as it names any, are those of the workload. */
    boolean isFor(Workload workload) {
        return matches.isEmpty()
                || matches.stream()
                        .anyMatch(each -> workload.hasLabels(each.sourceLabels())
                                && (each.sourceNamespace().isEmpty()
                                        || each.sourceNamespace().equals(workload.namespace())));
    }

    /** Whether each of its matches says by labels whom it is for. */
    boolean namesCallers() {
        return !matches.isEmpty()
                && matches.stream().noneMatch(each -> each.sourceLabels().isEmpty());
    }

    /** The line of the route, or of the match where it has several. */
    int line() {
        boolean several = manifest()
                        .tree()
                        .at("/spec/%s/%d/match".formatted(section.member(), index))
                        .size()
                > 1;
        return several && section != Section.HTTP
                ? RouteText.lineOfMatch(manifest(), section, index, match)
                : RouteText.line(manifest(), section, index);
    }

    int lineOfDestination(int i) {
        return RouteText.lineOfDestination(manifest(), section, index, i);
    }
}
