package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.model.MeshOptions.OutboundTraffic;
import dev.databasetraffic.mesh.model.RegisteredHost.Port;
import dev.databasetraffic.mesh.resource.Sidecar.Egress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The outbound listeners of a sidecar (listener.go, buildSidecarOutboundListeners): one for each address and port, shared
 * by all hosts that have no address of their own.
 */
final class OutboundListeners {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String UNIX_SOCKET = "unix://";

    private final SidecarScope scope;
    private final RouteChains routes;
    private final Map<Key, Entry> entries = new LinkedHashMap<>();
    private final Set<Key> locked = new HashSet<>();

    private record Key(String bind, int port) {}

    /** Who takes an address and port, while hosts are still added to it. */
    private record Entry(Protocol protocol, List<FilterChain> chains) {

        /** A chain that takes the same connections as an earlier one is left out. */
        Entry and(Protocol merged, List<FilterChain> more) {
            List<FilterChain> all = new ArrayList<>(chains);
            for (FilterChain chain : more) {
                if (all.stream().noneMatch(chain::conflictsWith)) {
                    all.add(chain);
                }
            }
            return new Entry(merged, all);
        }
    }

    private OutboundListeners(SidecarScope scope, RouteChains routes) {
        this.scope = scope;
        this.routes = routes;
    }

    static List<Listener> of(SidecarScope scope, RouteChains routes) {
        OutboundListeners listeners = new OutboundListeners(scope, routes);
        scope.egress().forEach(listeners::add);
        return listeners.entries.entrySet().stream()
                .map(entry -> listeners.listener(entry.getKey(), entry.getValue()))
                .sorted(Listener.BY_NAME)
                .toList();
    }

    private void add(EgressListener listener) {
        Egress egress = listener.egress();
        String bind = bind(egress);
        if (egress != null && egress.port() != null) {
            Port port = new Port(
                    egress.port().number(),
                    egress.port().name(),
                    Protocol.of(egress.port().protocol()),
                    0);
            listener.hosts().forEach(host -> add(host, port, bind, listener.rules()));
            return;
        }
        // Ports that an earlier listener names are that listener's alone.
        locked.addAll(entries.keySet());
        for (RegisteredHost host : listener.hosts()) {
            for (Port port : host.ports()) {
                if (bind.isEmpty() && host.isHeadless() && !port.protocol().isHttp()) {
                    add(host, port, PodAddresses.of(host), listener.rules());
                } else {
                    add(host, port, bind, listener.rules());
                }
            }
        }
    }

    private static String bind(@Nullable Egress egress) {
        if (egress == null) {
            return "";
        }
        boolean ownPort = egress.captureMode().equals("NONE") || egress.bind().startsWith(UNIX_SOCKET);
        return egress.bind().isEmpty() && ownPort ? LOOPBACK : egress.bind();
    }

    private void add(RegisteredHost host, Port port, String givenBind, List<Rule> rules) {
        if (host.resolution() == RegisteredHost.Resolution.ALIAS || port.protocol() == Protocol.UDP) {
            return;
        }
        String bind = givenBind;
        List<String> ranges = List.of();
        if (bind.isEmpty() && (port.protocol().isHttp() || host.isRange())) {
            bind = RegisteredHost.UNSPECIFIED;
            ranges = port.protocol().isHttp() ? List.of() : List.of(host.address());
        } else if (bind.isEmpty()) {
            bind = host.address();
        }
        if (givenBind.isEmpty() && port.protocol().isHttp() && EnvoyRefusal.TAKEN_PORTS.contains(port.number())) {
            return;
        }
        Key key = new Key(bind, port.number());
        if (locked.contains(key)) {
            return;
        }
        Entry current = entries.get(key);
        boolean apart = current != null
                && current.protocol() != port.protocol()
                && (current.protocol().isExclusive() || port.protocol().isExclusive());
        if (port.protocol() == Protocol.HTTP_PROXY) {
            entries.put(key, new Entry(Protocol.HTTP_PROXY, List.of(http(host, key, port, false))));
        } else if (port.protocol().isHttp()) {
            addHttp(host, port, key, current, apart);
        } else if (!apart) {
            List<FilterChain> chains = routes.of(host, port, rules, ranges, bind);
            if (port.protocol().isTcp()) {
                addTcp(port, key, current, chains);
            } else {
                addSniffed(host, port, key, current, chains);
            }
        }
    }

    private void addHttp(RegisteredHost host, Port port, Key key, @Nullable Entry current, boolean apart) {
        boolean shared = key.bind().equals(RegisteredHost.UNSPECIFIED);
        List<FilterChain> chains = List.of(http(host, key, port, shared));
        if (current == null) {
            // Other traffic to the port passes beside the requests, so that the listener looks at first bytes.
            entries.put(key, new Entry(shared ? Protocol.SNIFFED : port.protocol(), chains));
        } else if (current.protocol().isTcp() && !apart) {
            entries.put(key, current.and(Protocol.SNIFFED, chains));
        }
    }

    private void addTcp(Port port, Key key, @Nullable Entry current, List<FilterChain> chains) {
        if (current == null) {
            entries.put(key, new Entry(port.protocol(), chains));
        } else {
            entries.put(key, current.and(current.protocol().isTcp() ? current.protocol() : Protocol.SNIFFED, chains));
        }
    }

    private void addSniffed(RegisteredHost host, Port port, Key key, @Nullable Entry current, List<FilterChain> tcp) {
        List<FilterChain> chains = Stream.concat(tcp.stream(), Stream.of(http(host, key, port, true)))
                .toList();
        if (current == null || current.protocol().isHttp()) {
            entries.put(key, new Entry(Protocol.SNIFFED, chains));
        } else if (current.protocol().isTcp()) {
            entries.put(key, current.and(Protocol.SNIFFED, chains));
        }
    }

    private static FilterChain http(RegisteredHost host, Key key, Port port, boolean plaintextOnly) {
        boolean own = port.protocol() == Protocol.SNIFFED && !key.bind().equals(RegisteredHost.UNSPECIFIED);
        String route = own ? host.hostname() + ":" + port.number() : String.valueOf(port.number());
        return new FilterChain(
                List.of(),
                plaintextOnly ? FilterChain.PLAINTEXT_HTTP : List.of(),
                plaintextOnly,
                List.of(),
                new Target.Http(route),
                new Origin.Declared(host));
    }

    private Listener listener(Key key, Entry entry) {
        FilterChain everything = null;
        List<FilterChain> chains = new ArrayList<>();
        for (FilterChain chain : entry.chains()) {
            if (chain.isMatchAll()) {
                everything = chain;
            } else {
                chains.add(chain);
            }
        }
        if (everything != null && chains.isEmpty()) {
            return new Listener(key.bind(), key.port(), List.of(everything), null);
        }
        return new Listener(key.bind(), key.port(), chains, everything == null ? policy() : everything);
    }

    private FilterChain policy() {
        String cluster =
                scope.outboundTraffic() == OutboundTraffic.REGISTRY_ONLY ? Cluster.BLACK_HOLE : Cluster.PASSTHROUGH;
        return new FilterChain(
                List.of(), List.of(), false, List.of(), Target.Clusters.single(cluster), new Origin.Policy());
    }
}
