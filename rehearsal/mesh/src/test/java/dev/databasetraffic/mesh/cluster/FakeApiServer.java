package dev.databasetraffic.mesh.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers paths as the API server does; what it was not told of is there and empty. */
final class FakeApiServer implements AutoCloseable {

    private record Answer(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Answer> answers = new HashMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());

    FakeApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        answer("/apis/networking.istio.io", "{\"preferredVersion\":{\"groupVersion\":\"networking.istio.io/v1\"}}");
        answer("/apis/networking.istio.io/v1", """
                {"resources": [
                  {"name": "virtualservices", "kind": "VirtualService", "namespaced": true, "verbs": ["get", "list"]},
                  {"name": "virtualservices/status", "kind": "VirtualService", "namespaced": true, "verbs": ["get"]},
                  {"name": "meshes", "kind": "Mesh", "namespaced": false, "verbs": ["get", "list"]}]}""");
        status("/apis/gateway.networking.k8s.io", 404, "not found");
        answer("/api/v1/namespaces/istio-system/configmaps/istio", """
                {"kind": "ConfigMap", "data": {"mesh": "outboundTrafficPolicy: {mode: REGISTRY_ONLY}"}}""");
    }

    /** Answers with 200. */
    void answer(String pathAndQuery, String json) {
        answers.put(pathAndQuery, new Answer(200, json));
    }

    /** Answers as the API server says that something failed. */
    void status(String pathAndQuery, int code, String message) {
        answers.put(pathAndQuery, new Answer(code, """
                {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": %d, "message": "%s"}""".formatted(code, message)));
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** A file that leads to it. */
    Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: fake, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: me, user: {}}]
                contexts: [{name: fake, context: {cluster: fake, user: me}}]
                current-context: fake
                """.formatted(port()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestURI().toString();
        requests.add(exchange.getRequestMethod() + " " + asked);
        Answer answer = answers.getOrDefault(asked.replace("?limit=500", ""), new Answer(200, "{\"items\": []}"));
        byte[] body = answer.body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
