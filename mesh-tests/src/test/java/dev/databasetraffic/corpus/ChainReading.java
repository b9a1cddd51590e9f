package dev.databasetraffic.corpus;

import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Filter chains in the words of the record: what each takes, and where it sends that. */
final class ChainReading {

    private final Set<String> routeNames;
    private final List<RouteConfiguration> inlineRoutes;

    /** Both are added to with every chain that is read. */
    ChainReading(Set<String> routeNames, List<RouteConfiguration> inlineRoutes) {
        this.routeNames = routeNames;
        this.inlineRoutes = inlineRoutes;
    }

    /** The chain for what no other takes: Istio sets it apart, or as the last one without a match. */
    Map<String, Object> fallback(Listener listener) {
        return read(
                listener.hasDefaultFilterChain()
                        ? listener.getDefaultFilterChain()
                        : listener.getFilterChains(listener.getFilterChainsCount() - 1),
                false);
    }

    /** @param named whether the listener chooses its chains by name, and not by what they match */
    Map<String, Object> read(FilterChain chain, boolean named) {
        Map<String, Object> read = match(chain.getFilterChainMatch());
        if (named) {
            read.put("name", chain.getName());
        }
        try {
            for (Filter filter : chain.getFiltersList()) {
                filter(filter, read);
            }
            List<String> others = others(chain);
            if (!others.isEmpty()) {
                read.put("filters", others);
            }
            if (chain.getTransportSocket().getTypedConfig().is(DownstreamTlsContext.class)) {
                DownstreamTlsContext tls =
                        chain.getTransportSocket().getTypedConfig().unpack(DownstreamTlsContext.class);
                boolean own = tls.getCommonTlsContext().getTlsCertificateSdsSecretConfigsList().stream()
                        .anyMatch(secret -> secret.getName().equals("default"));
                boolean mutual = tls.getRequireClientCertificate().getValue();
                read.put("terminates", own && mutual ? "ISTIO_MUTUAL" : mutual ? "MUTUAL" : "SIMPLE");
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("istiod sent what cannot be read", e);
        }
        return read;
    }

    private static Map<String, Object> match(FilterChainMatch match) {
        Map<String, Object> read = new TreeMap<>();
        if (match.getServerNamesCount() > 0) {
            read.put("sni", match.getServerNamesList().stream().sorted().toList());
        }
        if (match.getApplicationProtocolsCount() > 0) {
            read.put(
                    "alpn",
                    match.getApplicationProtocolsList().stream().sorted().toList());
        }
        if (!match.getTransportProtocol().isEmpty()) {
            read.put("transport", match.getTransportProtocol());
        }
        if (match.getPrefixRangesCount() > 0) {
            read.put(
                    "ranges",
                    match.getPrefixRangesList().stream()
                            .map(range -> range.getAddressPrefix() + "/"
                                    + range.getPrefixLen().getValue())
                            .sorted()
                            .toList());
        }
        if (match.hasDestinationPort()) {
            read.put("port", match.getDestinationPort().getValue());
        }
        return read;
    }

    private void filter(Filter filter, Map<String, Object> read) throws InvalidProtocolBufferException {
        if (filter.getTypedConfig().is(TcpProxy.class)) {
            read.put("to", destinations(filter.getTypedConfig().unpack(TcpProxy.class)));
        } else if (filter.getTypedConfig().is(HttpConnectionManager.class)) {
            HttpConnectionManager http = filter.getTypedConfig().unpack(HttpConnectionManager.class);
            read.put("http", true);
            if (http.hasRds()) {
                routeNames.add(http.getRds().getRouteConfigName());
                read.put("route", http.getRds().getRouteConfigName());
            } else {
                inlineRoutes.add(http.getRouteConfig());
                read.put("route", http.getRouteConfig().getName());
            }
        }
    }

    /** Such as mongo_proxy, which breaks on what is not that protocol. */
    private static List<String> others(FilterChain chain) {
        return chain.getFiltersList().stream()
                .filter(filter -> filter.getName().startsWith("envoy.filters.network.")
                        && !filter.getTypedConfig().is(TcpProxy.class)
                        && !filter.getTypedConfig().is(HttpConnectionManager.class))
                .map(Filter::getName)
                .sorted()
                .toList();
    }

    private static Map<String, Integer> destinations(TcpProxy proxy) {
        Map<String, Integer> to = new TreeMap<>();
        if (proxy.hasWeightedClusters()) {
            proxy.getWeightedClusters()
                    .getClustersList()
                    .forEach(cluster -> to.merge(cluster.getName(), cluster.getWeight(), Integer::sum));
        } else {
            to.put(proxy.getCluster(), 1);
        }
        return to;
    }
}
