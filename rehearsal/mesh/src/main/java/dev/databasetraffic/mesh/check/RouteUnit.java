package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Origin;
import dev.databasetraffic.mesh.model.Origin.Section;
import dev.databasetraffic.mesh.model.Rule;
import dev.databasetraffic.mesh.resource.VirtualService.HttpMatch;
import dev.databasetraffic.mesh.resource.VirtualService.StaticMatch;
import dev.databasetraffic.mesh.resource.VirtualService.TcpMatch;
import dev.databasetraffic.mesh.resource.VirtualService.TlsMatch;
import dev.databasetraffic.mesh.resource.VirtualService.Weighted;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The smallest part of a rule that can have an effect of its own: a route with one of its matches. The matches of an http
 * route count together, since requests may satisfy any of them.
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
            for (int j = 0; j < tls.get(i).match().size(); j++) {
                TlsMatch match = tls.get(i).match().get(j);
                units.add(new RouteUnit(
                        rule,
                        Section.TLS,
                        i,
                        j,
                        List.of(match),
                        match.sniHosts(),
                        tls.get(i).route()));
            }
        }
        var tcp = rule.spec().tcp();
        for (int i = 0; i < tcp.size(); i++) {
            List<TcpMatch> matches = tcp.get(i).match();
            if (matches.isEmpty()) {
                units.add(new RouteUnit(
                        rule,
                        Section.TCP,
                        i,
                        -1,
                        List.of(),
                        List.of(),
                        tcp.get(i).route()));
            }
            for (int j = 0; j < matches.size(); j++) {
                units.add(new RouteUnit(
                        rule,
                        Section.TCP,
                        i,
                        j,
                        List.of(matches.get(j)),
                        List.of(),
                        tcp.get(i).route()));
            }
        }
        var http = rule.spec().http();
        for (int i = 0; i < http.size(); i++) {
            List<HttpMatch> matches = http.get(i).match();
            units.add(new RouteUnit(
                    rule,
                    Section.HTTP,
                    i,
                    matches.isEmpty() ? -1 : 0,
                    matches,
                    List.of(),
                    http.get(i).route()));
        }
        return units;
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
                && (section == Section.HTTP || route.match() == match);
    }

    /** Whether it names no port, or this one. */
    boolean matchesPort(int port) {
        return matches.isEmpty() || matches.stream().anyMatch(each -> each.port() == 0 || each.port() == port);
    }

    /** The line of the route, or of the match where it has several. */
    int line() {
        boolean several = manifest()
                        .tree()
                        .at("/spec/%s/%d/match".formatted(section.member(), index))
                        .size()
                > 1;
        return several && section != Section.HTTP
                ? manifest().line("spec", section.member(), index, "match", match)
                : manifest().line("spec", section.member(), index);
    }

    int lineOfDestination(int i) {
        return manifest().line("spec", section.member(), index, "route", i, "destination");
    }
}
