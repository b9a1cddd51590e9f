package dev.databasetraffic.mesh.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.databasetraffic.mesh.model.RegisteredHost.Port;
import dev.databasetraffic.mesh.model.Target.Share;
import dev.databasetraffic.mesh.resource.Destination;
import dev.databasetraffic.mesh.resource.VirtualService.HttpMatch;
import dev.databasetraffic.mesh.resource.VirtualService.HttpRoute;
import dev.databasetraffic.mesh.resource.VirtualService.Weighted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a sidecar routes plain HTTP requests (httproute.go, route.go): by the host that they name, on every port that is
 * HTTP or sniffed. Only the {@code http} routes of rules are read there.
 */
final class RequestRoutes {

    private static final int HTTP_PORT = 80;

    private static final Set<JsonNode> EVERY_PATH = Set.of(
            JsonNodeFactory.instance.objectNode().put("prefix", "/"),
            JsonNodeFactory.instance.objectNode().put("regex", ".*"));

    private final SidecarScope scope;
    private final Workload workload;
    private final Map<String, List<RequestRoute>> routes = new LinkedHashMap<>();

    private RequestRoutes(SidecarScope scope, Workload workload) {
        this.scope = scope;
        this.workload = workload;
    }

    /** By host and port: {@code HOST:PORT}. */
    static Map<String, List<RequestRoute>> of(SidecarScope scope, Workload workload) {
        RequestRoutes all = new RequestRoutes(scope, workload);
        TreeSet<Integer> ports = new TreeSet<>();
        for (EgressListener listener : scope.egress()) {
            listener.hosts().stream()
                    .flatMap(host -> host.ports().stream())
                    .filter(RequestRoutes::isHttp)
                    .map(Port::number)
                    .forEach(ports::add);
        }
        ports.forEach(all::add);
        return all.routes;
    }

    private static boolean isHttp(Port port) {
        return port.protocol().isHttp() || port.protocol() == Protocol.SNIFFED;
    }

    private void add(int port) {
        EgressListener listener = scope.egress().stream()
                .filter(each -> each.egress() == null
                        || each.egress().port() == null
                        || each.egress().port().number() == port)
                .findFirst()
                .orElse(null);
        if (listener == null) {
            return;
        }
        Map<Hostname, RegisteredHost> hosts = new LinkedHashMap<>();
        listener.hosts().stream()
                .filter(host -> host.port(port) != null)
                .forEach(host -> hosts.put(lowerCase(host.hostname()), host));
        for (Rule rule : listener.rules()) {
            add(rule, port, hosts, listener.rules());
        }
        hosts.forEach((name, host) -> {
            Port own = host.port(port);
            if (own != null && isHttp(own) && host.resolution() != RegisteredHost.Resolution.ALIAS) {
                routes.putIfAbsent(
                        key(name, port),
                        List.of(new RequestRoute(
                                false, List.of(new Share(host.cluster("", port), 1)), new Origin.Declared(host))));
            }
        });
    }

    private void add(Rule rule, int port, Map<Hostname, RegisteredHost> hosts, List<Rule> rules) {
        List<RequestRoute> ofRule = ofRule(rule, port, workload, to -> {
            @Nullable RegisteredHost host = hosts.get(rule.destination(to.host()));
            return RouteChains.clusterName(rule, to, port, host);
        });
        if (ofRule.isEmpty()) {
            return;
        }
        boolean any = false;
        for (Map.Entry<Hostname, RegisteredHost> host : hosts.entrySet()) {
            Port own = Objects.requireNonNull(host.getValue().port(port));
            if (isHttp(own) && isFor(rule, host.getKey(), rules)) {
                routes.putIfAbsent(key(host.getKey(), port), ofRule);
                any = true;
            }
        }
        // On port 80, and there alone, a rule counts for hosts too that nobody declared.
        if (any || port == HTTP_PORT) {
            rule.hosts().stream()
                    .map(RequestRoutes::lowerCase)
                    .filter(host -> !hosts.containsKey(host))
                    .forEach(host -> routes.putIfAbsent(key(host, port), ofRule));
        }
    }

    /** By its exact name, or by the closest wildcard that any rule has for the host. */
    private static boolean isFor(Rule rule, Hostname host, List<Rule> rules) {
        if (rule.hosts().stream().map(RequestRoutes::lowerCase).anyMatch(host::equals)) {
            return true;
        }
        if (rule.hosts().stream().noneMatch(name -> name.isWildcard() && host.isSubsetOf(name))) {
            return false;
        }
        return rules.stream()
                .filter(each -> each.hosts().stream().anyMatch(host::isSubsetOf))
                .max(Comparator.comparing(
                        (Rule each) -> host.mostSpecificOf(each.hosts()).orElseThrow(), Hostname.BY_PRECISION))
                .filter(rule::equals)
                .isPresent();
    }

    /**
     * What a rule does with requests to a port, as far as it is for the workload.
     *
     * @param cluster names the cluster of a destination
     */
    static List<RequestRoute> ofRule(Rule rule, int port, Workload workload, Function<Destination, String> cluster) {
        List<RequestRoute> found = new ArrayList<>();
        List<HttpRoute> http = rule.spec().http();
        for (int i = 0; i < http.size(); i++) {
            HttpRoute route = http.get(i);
            int match = route.match().isEmpty() ? -1 : firstApplicable(rule, route, port, workload);
            if (!route.match().isEmpty() && match < 0) {
                continue;
            }
            boolean conditional = isConditional(rule, i, route, port, workload);
            found.add(new RequestRoute(
                    conditional,
                    shares(route, cluster),
                    new Origin.Route(rule.manifest(), Origin.Section.HTTP, i, match)));
            if (!conditional) {
                break;
            }
        }
        return found;
    }

    /** Whether some requests satisfy none of a route's matches (route.go, IsCatchAllRoute). */
    private static boolean isConditional(Rule rule, int index, HttpRoute route, int port, Workload workload) {
        JsonNode matches = rule.manifest().tree().at("/spec/http/" + index + "/match");
        for (int i = 0; i < route.match().size(); i++) {
            boolean everything = matches.path(i).properties().stream()
                    .allMatch(member -> HttpMatch.STATIC_MEMBERS.contains(member.getKey())
                            || member.getKey().equals("uri") && EVERY_PATH.contains(member.getValue()));
            if (everything && rule.applies(route.match().get(i), Rule.MESH, port, workload)) {
                return false;
            }
        }
        return !route.match().isEmpty();
    }

    private static int firstApplicable(Rule rule, HttpRoute route, int port, Workload workload) {
        for (int i = 0; i < route.match().size(); i++) {
            if (rule.applies(route.match().get(i), Rule.MESH, port, workload)) {
                return i;
            }
        }
        return -1;
    }

    private static List<Share> shares(HttpRoute route, Function<Destination, String> cluster) {
        Stream<Weighted> heard = route.route().size() == 1
                ? route.route().stream()
                : route.route().stream().filter(each -> each.weight() > 0);
        return heard.map(each -> new Share(cluster.apply(each.destination()), Math.max(each.weight(), 1)))
                .toList();
    }

    private static Hostname lowerCase(Hostname name) {
        return new Hostname(name.value().toLowerCase(Locale.ROOT));
    }

    static String key(Hostname host, int port) {
        return host + ":" + port;
    }
}
