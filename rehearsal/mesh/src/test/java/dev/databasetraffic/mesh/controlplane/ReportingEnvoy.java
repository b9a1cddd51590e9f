package dev.databasetraffic.mesh.controlplane;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An admin interface that says of every file of a folder that it was taken, unless it ignores or refuses it. */
final class ReportingEnvoy implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final HttpServer server;
    private final Map<String, String> taken = new HashMap<>();
    private final Set<String> refused = new HashSet<>();
    private volatile boolean ignoring;
    private volatile boolean refusing;

    ReportingEnvoy(Path folder) throws IOException {
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/stats", exchange -> answer(exchange, Map.of("stats", stats())));
        server.createContext("/config_dump", exchange -> {
            if (refused.isEmpty()) {
                answer(exchange, Map.of());
            } else {
                exchange.sendResponseHeaders(500, -1);
                exchange.close();
            }
        });
        server.start();
    }

    URI admin() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on it does not take anything. */
    void ignore() {
        ignoring = true;
    }

    /** It refuses the next listeners, and then says no more why. */
    void refuseTheNextListeners() {
        refusing = true;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private List<Map<String, Object>> stats() throws IOException {
        String clusters = version("clusters.json", false);
        String listeners = version("listeners.json", refusing);
        return List.of(
                Map.of("name", "cluster_manager.cds.version_text", "value", clusters),
                Map.of("name", "listener_manager.lds.version_text", "value", listeners),
                Map.of("name", "listener_manager.lds.update_rejected", "value", refused.size()));
    }

    /** Of what it uses. */
    private String version(String file, boolean refuse) throws IOException {
        Path path = folder.resolve(file);
        if (ignoring || !Files.exists(path)) {
            return "";
        }
        String last = taken.getOrDefault(file, "");
        String next = JSON.readTree(path.toFile()).path("version_info").asText();
        if (next.equals(last) || refused.contains(next)) {
            return last;
        }
        if (refuse) {
            refused.add(next);
            refusing = false;
            return last;
        }
        taken.put(file, next);
        return next;
    }

    private static void answer(HttpExchange exchange, Map<String, ?> answer) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
