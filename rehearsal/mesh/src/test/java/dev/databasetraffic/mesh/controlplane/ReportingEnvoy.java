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
import java.util.List;
import java.util.Map;

/** An admin interface that says of every file of a folder that it was taken, as long as it does not ignore them. */
final class ReportingEnvoy implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final HttpServer server;
    private volatile boolean ignoring;

    ReportingEnvoy(Path folder) throws IOException {
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/stats", exchange -> answer(exchange, Map.of("stats", stats())));
        server.createContext("/config_dump", exchange -> answer(exchange, Map.of()));
        server.start();
    }

    URI admin() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on it does not take anything. */
    void ignore() {
        ignoring = true;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private List<Map<String, Object>> stats() throws IOException {
        return List.of(
                Map.of("name", "cluster_manager.cds.version_text", "value", version("clusters.json")),
                Map.of("name", "listener_manager.lds.version_text", "value", version("listeners.json")));
    }

    private String version(String file) throws IOException {
        Path path = folder.resolve(file);
        return ignoring || !Files.exists(path)
                ? ""
                : JSON.readTree(path.toFile()).path("version_info").asText();
    }

    private static void answer(HttpExchange exchange, Map<String, ?> answer) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(answer);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
