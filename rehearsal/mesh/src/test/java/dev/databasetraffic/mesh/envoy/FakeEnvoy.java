package dev.databasetraffic.mesh.envoy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** An admin interface that answers what a test has it answer. */
final class FakeEnvoy implements AutoCloseable {

    private final HttpServer server;

    private FakeEnvoy(HttpServer server) {
        this.server = server;
    }

    static FakeEnvoy start(Function<URI, String> answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] bytes = answer.apply(exchange.getRequestURI()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return new FakeEnvoy(server);
    }

    /** A new client of it. */
    EnvoyAdmin admin() {
        return new EnvoyAdmin(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
