package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.mesh.traffic.Flow;
import dev.databasetraffic.mesh.traffic.RuleInForce;
import dev.databasetraffic.rehearsal.page.Look.Replica;
import dev.databasetraffic.rehearsal.page.Scene.Badge;
import dev.databasetraffic.rehearsal.page.Scene.Edge;
import dev.databasetraffic.rehearsal.page.Scene.Kind;
import dev.databasetraffic.rehearsal.page.Scene.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Makes a scene of each look, with rates since the look before. Confined to one thread. */
final class SceneBuilder {

    private static final String CALLERS = "callers";

    /** How long a way that nobody goes any more is shown, in seconds. */
    private static final long FORGOTTEN_AFTER = 120;

    private final String host;
    private final Map<String, Meter> meters = new LinkedHashMap<>();

    SceneBuilder(String host) {
        this.host = host;
    }

    /** @param now in nanoseconds, of any origin */
    Scene of(Look look, long now) {
        Map<String, Node> nodes = new LinkedHashMap<>();
        List<Edge> edges = new ArrayList<>();
        nodes.put(CALLERS, new Node(CALLERS, Kind.CALLERS, "callers", "", null));
        for (Replica replica : look.replicas()) {
            String id = "service " + replica.name();
            nodes.put(id, new Node(id, Kind.SERVICE, replica.name(), replica.proxy(), null));
            edges.add(requests(id, replica.requests(), now));
        }
        for (Replica replica : look.replicas()) {
            for (Flow flow : replica.flows()) {
                Edge edge = connections("service " + replica.name(), flow, now);
                if (isDatabase(flow) || edge.quiet() < FORGOTTEN_AFTER || isLedTo(flow, look)) {
                    edges.add(edge);
                    nodes.putIfAbsent(edge.to(), target(flow.host(), flow.target(), look));
                }
            }
        }
        addUnvisited(nodes, look);
        return new Scene(List.copyOf(nodes.values()), edges, null);
    }

    /** What is there although nobody has been there yet. */
    private void addUnvisited(Map<String, Node> nodes, Look look) {
        if (nodes.values().stream().noneMatch(node -> node.name().equals(host))) {
            nodes.put(host, target(host, host, look));
        }
        look.rules()
                .forEach(rule -> rule.shares().forEach(share -> {
                    if (!hostOf(share.target()).equals(host)) {
                        nodes.putIfAbsent(share.target(), target(rule.host(), share.target(), look));
                    }
                }));
    }

    /** @param meant the host that callers meant when they came there */
    private Node target(String meant, String target, Look look) {
        boolean own = hostOf(target).equals(meant);
        Optional<RuleInForce> rule = look.rules().stream()
                .filter(each -> own && meant.equals(each.host()))
                .findFirst();
        return new Node(
                target,
                own ? Kind.DATABASE : Kind.DIVERSION,
                own ? meant : target,
                own ? meant.equals(host) ? "database" : "another host" : "in place of " + meant,
                rule.map(SceneBuilder::badge).orElse(null));
    }

    private static Badge badge(RuleInForce rule) {
        return new Badge(rule.name(), rule.sentence(), rule.source(), rule.text());
    }

    private Edge requests(String service, OptionalLong requests, long now) {
        if (requests.isEmpty()) {
            return new Edge(CALLERS, service, null, null, null, null, null, 0);
        }
        Meter meter = meter(CALLERS, service);
        double[] rates = meter.rates(now, requests.getAsLong());
        return new Edge(CALLERS, service, rate(rates, 0), null, null, null, null, meter.quiet(now));
    }

    private Edge connections(String service, Flow flow, long now) {
        Meter meter = meter(service, flow.target());
        Long bytes = flow.bytes();
        double[] rates = bytes == null
                ? meter.rates(now, flow.opened(), flow.failed())
                : meter.rates(now, flow.opened(), flow.failed(), bytes);
        return new Edge(
                service,
                flow.target(),
                null,
                rate(rates, 2),
                rate(rates, 0),
                rate(rates, 1),
                flow.open(),
                meter.quiet(now));
    }

    private Meter meter(String from, String to) {
        return meters.computeIfAbsent(from + " > " + to, key -> new Meter());
    }

    private static @Nullable Double rate(double[] rates, int index) {
        return index < rates.length ? rates[index] : null;
    }

    private boolean isDatabase(Flow flow) {
        return hostOf(flow.target()).equals(host);
    }

    private static boolean isLedTo(Flow flow, Look look) {
        return look.rules().stream()
                .filter(rule -> rule.host().equals(flow.host()))
                .flatMap(rule -> rule.shares().stream())
                .anyMatch(share -> share.target().equals(flow.target()));
    }

    private static String hostOf(String target) {
        int colon = target.lastIndexOf(':');
        return colon < 0 ? target : target.substring(0, colon);
    }
}
