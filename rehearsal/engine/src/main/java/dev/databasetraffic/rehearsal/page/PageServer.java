package dev.databasetraffic.rehearsal.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.databasetraffic.kit.Loopback;
import dev.databasetraffic.rehearsal.page.RequestGuard.Denial;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Serves the page on the loopback address: its files, a stream of events, and what can be switched. */
final class PageServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_BODY = 16 * 1024;
    private static final int THREADS = Feed.MOST_VIEWERS + 8;
    private static final long IDLE_SECONDS = 10;

    /** Everything comes from here. Styles may stand in the page too, for the report's sake, which is shown from memory. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Set<String> FILES =
            Set.of("page.html", "page.css", "page.js", "dom.js", "graph.js", "log.js", "switches.js", "timeline.js");

    private final HttpServer http;
    private final ExecutorService threads;
    private final RequestGuard guard;
    private final LivePage page;
    private final Switching switching;

    private PageServer(HttpServer http, String token, LivePage page) {
        this.http = http;
        this.page = page;
        this.switching = new Switching(page);
        this.guard = new RequestGuard(token, http.getAddress().getPort());
        this.threads =
                new ThreadPoolExecutor(0, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "page-server");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** @throws IOException if it cannot listen */
    static PageServer start(int port, String token, LivePage page) throws IOException {
        HttpServer http = HttpServer.create(Loopback.at(port), 0);
        PageServer server = new PageServer(http, token, page);
        http.setExecutor(server.threads);
        http.createContext("/", server::serve);
        http.start();
        return server;
    }

    String address() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/";
    }

    /** Returns when the last events are on their way. */
    @Override
    public void close() {
        threads.shutdown();
        http.stop(1);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String file = path.equals("/") ? "page.html" : path.substring(1);
            boolean posts = exchange.getRequestMethod().equals("POST");
            Denial refusal = posts ? guard.switching(exchange) : guard.looking(exchange);
            if (refusal != null) {
                refuse(exchange, refusal);
            } else if (posts) {
                act(exchange, path);
            } else if (!exchange.getRequestMethod().equals("GET")) {
                refuse(exchange, new Denial(405, "GET and POST are known here."));
            } else if (path.equals("/events")) {
                stream(exchange);
            } else if (FILES.contains(file)) {
                answer(exchange, 200, type(file), resource(file));
            } else {
                refuse(exchange, new Denial(404, "There is nothing here."));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stream(HttpExchange exchange) throws IOException, InterruptedException {
        Viewer viewer = page.join(exchange.getRequestHeaders().getFirst("Last-Event-ID"));
        if (viewer == null) {
            refuse(exchange, new Denial(503, "Too many pages are open; close one."));
            return;
        }
        try {
            headers(exchange, "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            viewer.serve(exchange.getResponseBody());
        } finally {
            page.leave(viewer);
        }
    }

    private void act(HttpExchange exchange, String path) throws IOException, InterruptedException {
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            body = in.readNBytes(LONGEST_BODY + 1);
        }
        JsonNode wish = json(body);
        if (body.length > LONGEST_BODY || wish == null) {
            refuse(exchange, new Denial(400, "A JSON object of at most 16 KiB is expected."));
            return;
        }
        try {
            answer(exchange, 200, "application/json", JSON.writeValueAsBytes(switching.act(path, wish)));
        } catch (Switching.RefusedException e) {
            refuse(exchange, new Denial(e.status(), String.valueOf(e.getMessage())));
        }
    }

    private static @Nullable JsonNode json(byte[] body) throws IOException {
        try {
            JsonNode tree = JSON.readTree(body);
            return tree.isObject() ? tree : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static void refuse(HttpExchange exchange, Denial refusal) throws IOException {
        answer(exchange, refusal.status(), "application/json", JSON.writeValueAsBytes(Map.of("detail", refusal.why())));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        headers(exchange, type);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private static void headers(HttpExchange exchange, String type) {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cross-Origin-Opener-Policy", "same-origin");
        exchange.getResponseHeaders().set("Cross-Origin-Resource-Policy", "same-origin");
    }

    private static String type(String file) {
        String type = file.endsWith(".js") ? "javascript" : file.substring(file.indexOf('.') + 1);
        return "text/" + type + "; charset=utf-8";
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = PageServer.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not among the resources");
            }
            return in.readAllBytes();
        }
    }
}
