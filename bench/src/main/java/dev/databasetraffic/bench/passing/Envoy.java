package dev.databasetraffic.bench.passing;

import dev.databasetraffic.bench.running.BenchDatabase;
import dev.databasetraffic.kit.Command;
import dev.databasetraffic.kit.Loopback;
import dev.databasetraffic.kit.LoopbackPorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Envoy, which tells connections apart by the server name of their greeting, with as many workers as a sidecar has. */
public record Envoy(Path program) implements Passer {

    public static final String NAME = "Envoy";

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);

    /** Such as {@code version: COMMIT/1.40.0/Clean/RELEASE/BoringSSL}. */
    private static final Pattern VERSION = Pattern.compile("version: \\w+/([^/]+)/");

    private static final String CONFIGURATION = """
            static_resources:
              listeners:
                - address: {socket_address: {address: 127.0.0.1, port_value: %1$d}}
                  listener_filters:
                    - name: envoy.filters.listener.tls_inspector
                      typed_config:
                        "@type": type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector
                  filter_chains:
                    - filter_chain_match: {server_names: [%2$s]}
                      filters:
                        - name: envoy.filters.network.tcp_proxy
                          typed_config:
                            "@type": type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy
                            stat_prefix: target
                            cluster: target
              clusters:
                - name: target
                  type: STATIC
                  load_assignment:
                    cluster_name: target
                    endpoints:
                      - lb_endpoints:
                          - endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %3$d}}}
            """;

    @Override
    public String name() {
        return NAME;
    }

    /** Such as {@code 1.40.0}. */
    public String version() throws IOException, InterruptedException {
        String told = Command.of(program.toString(), "--version")
                .succeed(ANSWERS_WITHIN)
                .told();
        Matcher version = VERSION.matcher(told);
        return version.find() ? version.group(1) : "of an unknown version";
    }

    @Override
    public Passage open(InetSocketAddress target, Path folder) throws IOException, InterruptedException {
        int port = LoopbackPorts.free();
        Path configuration = Files.writeString(
                folder.resolve("envoy.yaml"),
                String.format(Locale.ROOT, CONFIGURATION, port, BenchDatabase.AUTHORITY, target.getPort()));
        return Passage.through("envoy", command(configuration), Map.of(), folder, Loopback.at(port));
    }

    /** Of a process with that configuration. */
    List<String> command(Path configuration) {
        return List.of(
                program.toString(),
                "--config-path",
                configuration.toString(),
                "--concurrency",
                "2",
                "--disable-hot-restart",
                "--log-level",
                "error");
    }
}
