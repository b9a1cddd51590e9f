package dev.databasetraffic.rehearsal.experiment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A place of memory and one HTTP server: its service stores plants in a map and misbehaves on demand, so that the
 * engine's every judgement can be provoked exactly.
 */
final class FakePlace implements Place {

    /** How the service answers one write; it may or may not store it. */
    interface Manner {
        void answer(FakePlace place, HttpExchange exchange, String name) throws IOException;
    }

    static final Manner HEALTHY = (place, exchange, name) -> {
        place.plants.putIfAbsent(name, 1);
        respond(exchange, 201, "{}");
    };

    static final Manner UNAVAILABLE = (place, exchange, name) -> respond(
            exchange,
            503,
            "{\"type\":\"urn:problem:plants:database-unavailable\",\"status\":503,\"outcome\":\"not-written\"}");

    /** Stores the plant, then says that nobody knows. */
    static final Manner WRITTEN_BUT_UNKNOWN = (place, exchange, name) -> {
        place.plants.putIfAbsent(name, 1);
        respond(
                exchange,
                504,
                "{\"type\":\"urn:problem:plants:outcome-unknown\",\"status\":504,\"outcome\":\"unknown\"}");
    };

    final Map<String, Integer> plants = new ConcurrentHashMap<>();
    volatile Manner healthy = HEALTHY;
    volatile Manner duringOutage = UNAVAILABLE;
    volatile boolean failsToRemove;

    /** Applies the outage, and is interrupted before it knows so, as where a command does it. */
    volatile boolean isInterruptedWhileItApplies;

    volatile boolean applied;

    /** By the clock of {@link System#nanoTime()}; 0 before. */
    volatile long removedAt;

    private volatile Manner manner = (place, exchange, name) -> place.healthy.answer(place, exchange, name);
    private volatile Consumer<MeshEvent> listener = event -> {};
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final HttpServer server;

    FakePlace() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(executor);
        server.createContext("/plants", exchange -> {
            exchange.getRequestBody().readAllBytes();
            manner.answer(this, exchange, exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        });
        server.createContext("/stock", exchange -> respond(exchange, applied ? 500 : 200, "{}"));
        server.start();
    }

    static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public URI service() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("database", "a map");
    }

    @Override
    public List<String> notes() {
        return applied ? List.of("This mesh is a switch.") : List.of();
    }

    @Override
    public void onMeshEvent(Consumer<MeshEvent> newListener) {
        listener = newListener;
    }

    @Override
    public void apply(Path outage) throws PlaceException {
        applied = true;
        manner = (place, exchange, name) -> place.duringOutage.answer(place, exchange, name);
        listener.accept(new MeshEvent(MeshEvent.Kind.APPLIED, Instant.now(), ""));
        listener.accept(new MeshEvent(MeshEvent.Kind.OLD_CONNECTION_GONE, Instant.now(), ""));
        if (isInterruptedWhileItApplies) {
            Thread.currentThread().interrupt();
            throw new PlaceException("Interrupted while the outage was applied.", new InterruptedException());
        }
    }

    @Override
    public void remove() throws PlaceException {
        if (failsToRemove) {
            throw new PlaceException("The outage could not be removed; remove it by hand: kubectl delete -f it.yaml");
        }
        applied = false;
        removedAt = System.nanoTime();
        manner = (place, exchange, name) -> place.healthy.answer(place, exchange, name);
        listener.accept(new MeshEvent(MeshEvent.Kind.REMOVED, Instant.now(), ""));
    }

    @Override
    public Map<String, Integer> stored(String namePrefix) {
        return plants.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(namePrefix))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
