package dev.databasetraffic.mesh.controlplane;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.databasetraffic.mesh.controlplane.Reply.Kind;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * {@code /outage} over HTTP: GET tells what is in force, PUT starts the outage of its body or, with {@code ?name=}, one of
 * those that are shipped, DELETE ends it; {@code /ready} tells whether Envoy can start. Answers are text for people.
 */
final class OutageEndpoint implements AutoCloseable {

    private static final String NAME = "name=";
    private static final int MAX_BYTES = 3 << 20;

    private final ControlPlane controlPlane;
    private final Shipped shipped;
    private final HttpServer server;

    private OutageEndpoint(ControlPlane controlPlane, Shipped shipped, HttpServer server) {
        this.controlPlane = controlPlane;
        this.shipped = shipped;
        this.server = server;
    }

    /**
     * Answers one request at a time.
     *
     * @throws IOException if it cannot listen
     */
    static OutageEndpoint start(ControlPlane controlPlane, Shipped shipped, int port) throws IOException {
        OutageEndpoint endpoint =
                new OutageEndpoint(controlPlane, shipped, HttpServer.create(new InetSocketAddress(port), 0));
        endpoint.server.createContext("/outage", exchange -> endpoint.send(exchange, endpoint::answer));
        endpoint.server.createContext("/ready", exchange -> endpoint.send(exchange, each -> controlPlane.ready()));
        endpoint.server.start();
        return endpoint;
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private interface Handling {
        Reply answer(HttpExchange exchange) throws IOException, InterruptedException;
    }

    private void send(HttpExchange exchange, Handling handling) throws IOException {
        try (exchange) {
            Reply answer = handling.answer(exchange);
            byte[] text = answer.text().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(answer.kind().status(), text.length);
            exchange.getResponseBody().write(text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            // The JDK's server would close the connection without a word, here and in its log.
            System.getLogger(OutageEndpoint.class.getName()).log(System.Logger.Level.ERROR, "a request failed", e);
            exchange.sendResponseHeaders(HttpURLConnection.HTTP_INTERNAL_ERROR, -1);
        }
    }

    private Reply answer(HttpExchange exchange) throws IOException, InterruptedException {
        return switch (exchange.getRequestMethod()) {
            case "GET" -> controlPlane.status();
            case "DELETE" -> controlPlane.stop();
            case "PUT" ->
                start(
                        Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), ""),
                        exchange.getRequestBody().readNBytes(MAX_BYTES + 1));
            default -> refused("GET, PUT or DELETE was expected.");
        };
    }

    private Reply start(String query, byte[] body) throws IOException, InterruptedException {
        if (body.length > MAX_BYTES) {
            return refused("A manifest has at most 3 MiB.");
        }
        if (!query.startsWith(NAME)) {
            return controlPlane.start(Path.of("standard input"), body);
        }
        String name = query.substring(NAME.length());
        Path file = shipped.find(name).orElse(null);
        return file == null
                ? new Reply(
                        Kind.UNKNOWN_NAME,
                        List.of("There is no outage " + name + "; there are " + String.join(", ", shipped.names())))
                : controlPlane.start(file, Files.readAllBytes(file));
    }

    private static Reply refused(String sentence) {
        return new Reply(Kind.REFUSED, List.of(sentence));
    }
}
