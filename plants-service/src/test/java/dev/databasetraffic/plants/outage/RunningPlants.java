package dev.databasetraffic.plants.outage;

import dev.databasetraffic.databases.firestore.FirestoreReadBack;
import dev.databasetraffic.plants.PlantsApplication;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service, started with its own configuration on ports of its own, and asked over HTTP. */
final class RunningPlants implements AutoCloseable {

    /** The contract's budget of one operation, and what an answer may take beyond it. */
    static final Duration DEADLINE = Duration.ofSeconds(2);

    static final Duration ANSWER_BOUND = DEADLINE.plusMillis(250);

    private static final JsonMapper JSON = new JsonMapper();

    /** Not one that asks for HTTP/2: that is no request which can be answered at a glance. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ConfigurableApplicationContext context;

    private RunningPlants(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it, and waits until it calls itself ready.
     *
     * @param settings that differ from the service's own, such as {@code plants.firestore.deadline=8s}
     */
    static RunningPlants start(int firestorePort, String project, String... settings) {
        // Of two values for one setting, the command line would make a list.
        Map<String, String> arguments = new LinkedHashMap<>();
        Stream.concat(
                        Stream.of(
                                "server.port=0",
                                "management.server.port=0",
                                "plants.firestore.endpoint=127.0.0.1:" + firestorePort,
                                "plants.firestore.authority=firestore.googleapis.com",
                                "plants.firestore.credentials=emulator",
                                "plants.firestore.warm-up.load=0s",
                                "plants.firestore.project=" + project),
                        Stream.of(settings))
                .forEach(setting -> arguments.put(setting.substring(0, setting.indexOf('=')), "--" + setting));
        RunningPlants plants = new RunningPlants(new SpringApplicationBuilder(PlantsApplication.class)
                .run(arguments.values().toArray(String[]::new)));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> plants.health("readiness") == 200);
        return plants;
    }

    /** What came back, and how long it took. */
    record Answer(int status, JsonNode body, Duration took) {

        boolean acknowledged() {
            return status == 201;
        }

        String text(String member) {
            return body.path(member).asString("");
        }
    }

    Answer add(String name) {
        return addLater(name).join();
    }

    CompletableFuture<Answer> addLater(String name, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("local.server.port", "/plants"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\"}"));
        return ask(headers.length == 0 ? request : request.headers(headers));
    }

    Answer addWithKey(String name, String key) {
        return addLater(name, "Idempotency-Key", key).join();
    }

    Answer get(String path) {
        return ask(HttpRequest.newBuilder(uri("local.server.port", path))).join();
    }

    Answer delete(String id) {
        return ask(HttpRequest.newBuilder(uri("local.server.port", "/plants/" + id))
                        .DELETE())
                .join();
    }

    /** The status of a health group. */
    int health(String group) {
        return ask(HttpRequest.newBuilder(uri("local.management.port", "/actuator/health/" + group)))
                .join()
                .status();
    }

    /** The present value of a metric. */
    double gauge(String name) {
        return context.getBean(MeterRegistry.class).get(name).gauge().value();
    }

    /** How often what a timer measures happened; 0 if it never did. */
    long count(String timer, String... tags) {
        return context.getBean(MeterRegistry.class).find(timer).tags(tags).timers().stream()
                .mapToLong(Timer::count)
                .sum();
    }

    private CompletableFuture<Answer> ask(HttpRequest.Builder request) {
        long started = System.nanoTime();
        return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(response -> new Answer(
                        response.statusCode(),
                        response.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(response.body()),
                        Duration.ofNanos(System.nanoTime() - started)));
    }

    private URI uri(String port, String path) {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getRequiredProperty(port) + path);
    }

    /** The names of all live plants, read from the emulator itself, past the service; one stored twice is there twice. */
    static List<String> storedNames(String host, int port, String project) throws IOException {
        URI emulator = URI.create("http://" + host + ":" + port);
        return new FirestoreReadBack(emulator, project, "plants", "name")
                .count("").entrySet().stream()
                        .flatMap(name -> Collections.nCopies(name.getValue(), name.getKey()).stream())
                        .toList();
    }

    @Override
    public void close() {
        context.close();
    }
}
