package dev.databasetraffic.bench.passing;

import dev.databasetraffic.kit.Loopback;
import dev.databasetraffic.kit.LoopbackPorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Envoy before the replicas of a service, which leads requests to those that it is told of, and repeats none. */
public final class EnvoyBalancer implements AutoCloseable {

    private static final String CONFIGURATION = """
            node: {id: balancer, cluster: balancer}
            static_resources:
              listeners:
                - address: {socket_address: {address: 127.0.0.1, port_value: %1$d}}
                  filter_chains:
                    - filters:
                        - name: envoy.filters.network.http_connection_manager
                          typed_config:
                            "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                            stat_prefix: plants
                            http_filters:
                              - name: envoy.filters.http.router
                                typed_config:
                                  "@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router
                            route_config:
                              virtual_hosts:
                                - name: plants
                                  domains: ["*"]
                                  routes: [{match: {prefix: /}, route: {cluster: plants}}]
              clusters:
                - name: plants
                  type: EDS
                  connect_timeout: 1s
                  eds_cluster_config:
                    eds_config:
                      resource_api_version: V3
                      path_config_source: {path: %2$s/endpoints.yaml, watched_directory: {path: %2$s}}
            """;

    private static final String ENDPOINTS = """
            resources:
              - "@type": type.googleapis.com/envoy.config.endpoint.v3.ClusterLoadAssignment
                cluster_name: plants
                endpoints:
                  - lb_endpoints: [%s]
            """;

    private static final String ENDPOINT =
            "{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}";

    private final Path folder;
    private final Passage passage;

    private EnvoyBalancer(Path folder, Passage passage) {
        this.folder = folder;
        this.passage = passage;
    }

    /** @param folder an empty one, for its log and what it is told */
    public static EnvoyBalancer open(Envoy envoy, Path folder, List<Integer> ports)
            throws IOException, InterruptedException {
        int port = LoopbackPorts.free();
        Path configuration = Files.writeString(
                folder.resolve("balancer.yaml"), String.format(Locale.ROOT, CONFIGURATION, port, folder));
        tell(folder, ports);
        return new EnvoyBalancer(
                folder, Passage.through("balancer", envoy.command(configuration), Map.of(), folder, Loopback.at(port)));
    }

    public InetSocketAddress entrance() {
        return passage.entrance();
    }

    /** Requests go to these ports from now on. */
    public void lead(List<Integer> ports) throws IOException {
        tell(folder, ports);
    }

    private static void tell(Path folder, List<Integer> ports) throws IOException {
        String endpoints = ports.stream()
                .map(port -> String.format(Locale.ROOT, ENDPOINT, port))
                .collect(Collectors.joining(", "));
        Path written =
                Files.writeString(folder.resolve("endpoints.new"), String.format(Locale.ROOT, ENDPOINTS, endpoints));
        // It takes notice of a file that is moved there.
        Files.move(written, folder.resolve("endpoints.yaml"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        passage.close();
    }
}
