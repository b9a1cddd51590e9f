package dev.databasetraffic.plants.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import org.apache.tomcat.util.threads.ThreadPoolExecutor;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** No database is there: nothing that is refused gets as far, and what gets as far is refused honestly. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "plants.firestore.endpoint=127.0.0.1:1",
            "plants.firestore.credentials=emulator",
            "plants.firestore.project=none",
            "plants.http.body-timeout=500ms",
            "plants.http.max-requests=" + EdgeTests.MAX_REQUESTS,
            "plants.http.max-futile-requests=" + Integer.MAX_VALUE,
            "springdoc.api-docs.path=/generated",
            "springdoc.api-docs.version=openapi_3_1",
            "springdoc.writer-with-order-by-keys=true",
            "springdoc.default-produces-media-type=application/json",
            "springdoc.default-consumes-media-type=application/json",
            "server.tomcat.connection-timeout=30s"
        })
@ExtendWith(OutputCaptureExtension.class)
class EdgeTests {

    /** A request makes room a moment after its answer, so one after the other needs more than one place. */
    static final int MAX_REQUESTS = 16;

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();

    @Value("${local.server.port}")
    private int port;

    @Value("${local.management.port}")
    private int managementPort;

    @Autowired
    private Servers servers;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "3",
                "\"name\"",
                "[]",
                "{}",
                "{\"name\":null}",
                "{\"name\":3}",
                "{\"name\":true}",
                "{\"name\":[\"x\"]}",
                "{\"name\":{\"x\":1}}",
                "{\"name\":\"\"}",
                "{\"name\":\"x\",\"name\":\"y\"}",
                "{\"name\":\"x\",\"colour\":\"red\"}",
                "{\"name\":\"x\"} {}",
                "{\"name\":\"x\"",
                "{'name':'x'}",
                "{\"name\":\"x\",\"quantity\":null}",
                "{\"name\":\"x\",\"quantity\":\"3\"}",
                "{\"name\":\"x\",\"quantity\":\"\"}",
                "{\"name\":\"x\",\"quantity\":1.5}",
                "{\"name\":\"x\",\"quantity\":1e-1}",
                "{\"name\":\"x\",\"quantity\":1e7}",
                "{\"name\":\"x\",\"quantity\":1e999999999}",
                "{\"name\":\"x\",\"quantity\":NaN}",
                "{\"name\":\"x\",\"quantity\":true}",
                "{\"name\":\"x\",\"quantity\":-1}",
                "{\"name\":\"x\",\"quantity\":1000001}",
                "{\"name\":\"x\",\"quantity\":99999999999999999999}",
                "{\"name\":\"a\\r\\nb\"}",
                "{\"name\":\"\\u001b[31m\"}",
                "{\"name\":\"\\u0000\"}",
                "{\"name\":\"\\u0085\"}",
                "{\"name\":\"\\u2028\"}",
                "{\"name\":\"\\u202e\"}",
                "{\"name\":\"\\ud800\"}",
                "{\"name\":\"\\udc00x\"}"
            })
    void refusesWhatIsNoPlant(String body) throws Exception {
        HttpResponse<String> answer = post(BodyPublishers.ofString(body));
        assertProblem(answer, 400, "invalid-request");
        assertThat(JSON.readTree(answer.body())
                        .path("errors")
                        .path(0)
                        .path("detail")
                        .asString())
                .isNotEmpty();
        assertThat(answer.body()).doesNotContainIgnoringCase("exception").doesNotContain("tools.", "dev.", "java.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"sunflower\",\"quantity\":3}",
                "{\"name\":\"x\"}",
                "{\"name\":\"__x__\"}",
                "{\"name\":\".\"}",
                "{\"name\":\"/\"}",
                "{\"name\":\"x\",\"quantity\":1.0}",
                "{\"name\":\"x\",\"quantity\":1e2}",
                "{\"name\":\"\\ud83c\\udf3b\",\"quantity\":0}",
                "{\"quantity\":1000000,\"name\":\"x\"}"
            })
    void takesWhatIsAPlantAndSaysThatTheDatabaseIsAway(String body) throws Exception {
        HttpResponse<String> answer = post(BodyPublishers.ofString(body));
        assertProblem(answer, 503, "database-unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("outcome").asString()).isEqualTo("not-written");
        assertThat(problem.path("dependency").asString()).isEqualTo("firestore.googleapis.com");
    }

    @Test
    void countsCodePointsInNames() throws Exception {
        assertProblem(post(BodyPublishers.ofString("{\"name\":\"" + "🌻".repeat(101) + "\"}")), 400, "invalid-request");
        assertProblem(
                post(BodyPublishers.ofString("{\"name\":\"" + "🌻".repeat(100) + "\"}")), 503, "database-unavailable");
    }

    @Test
    void refusesBytesThatAreNoUtf8() throws Exception {
        byte[] body = "{\"name\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
        body[9] = (byte) 0xff;
        assertProblem(post(BodyPublishers.ofByteArray(body)), 400, "invalid-request");
    }

    @Test
    void refusesBodiesOver16KibHoweverTheyAreSent() throws Exception {
        byte[] allowed = ("{\"name\":\"x\"}" + " ".repeat(16 * 1024 - 12)).getBytes(StandardCharsets.US_ASCII);
        byte[] oneMore = ("{\"name\":\"x\"}" + " ".repeat(16 * 1024 - 11)).getBytes(StandardCharsets.US_ASCII);
        assertProblem(post(BodyPublishers.ofByteArray(allowed)), 503, "database-unavailable");
        assertProblem(post(chunked(allowed)), 503, "database-unavailable");
        assertProblem(post(BodyPublishers.ofByteArray(oneMore)), 413, "body-too-large");
        assertProblem(post(chunked(oneMore)), 413, "body-too-large");
    }

    @Test
    void refusesDeepNesting() throws Exception {
        assertProblem(post(BodyPublishers.ofString("[".repeat(16_000))), 400, "invalid-request");
        assertProblem(post(BodyPublishers.ofString("{\"x\":".repeat(3_000))), 400, "invalid-request");
    }

    @Test
    void givesUpOnABodyThatDrips() throws Exception {
        try (Socket socket = begin(10_000)) {
            Thread dripping = new Thread(() -> drip(socket));
            dripping.start();
            byte[] answer = socket.getInputStream().readNBytes(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 408");
            socket.close();
            dripping.join();
        }
    }

    private static void drip(Socket socket) {
        try {
            while (!socket.isClosed()) {
                socket.getOutputStream().write(' ');
                LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            }
        } catch (IOException given) {
            // The service gave up.
        }
    }

    @Test
    void refusesMoreRequestsThanItMayHaveInProgressUntilOneHasEnded(CapturedOutput output) throws Exception {
        List<Socket> inProgress = new ArrayList<>();
        for (int i = 0; i < MAX_REQUESTS; i++) {
            inProgress.add(begin(2));
        }
        Awaitility.await("all are in progress").untilAsserted(() -> {
            HttpResponse<String> answer = send(request("/plants"));
            assertProblem(answer, 503, "overloaded");
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        });
        for (Socket request : inProgress) {
            end(request);
            Awaitility.await("there is room")
                    .untilAsserted(() -> assertProblem(send(request("/plants")), 503, "database-unavailable"));
        }
        assertThat(output.getOut().lines())
                .anyMatch(line -> line.contains("Overloaded: "))
                .noneMatch(line -> line.contains("GET /plants 503") && line.contains("overloaded"));
    }

    /** Sends a request but for all of its body after the first byte. */
    private Socket begin(int bodySize) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream()
                .write(("POST /plants HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                                + "Content-Length: " + bodySize + "\r\n\r\n{")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void end(Socket request) throws IOException {
        try (request) {
            request.getOutputStream().write('}');
            assertThat(new String(request.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /plants?pageSize=0, 400, invalid-request",
        "GET, /plants?pageSize=101, 400, invalid-request",
        "GET, /plants?pageSize=x, 400, invalid-request",
        "GET, /plants?pageToken=, 400, invalid-page-token",
        "GET, /plants?pageToken=forged, 400, invalid-page-token",
        "GET, /plants?pageToken=AQAAAAAAAAAAAAAAAAAAAAAB, 400, invalid-page-token",
        "GET, /plants?pageToken=AAAAAAAAAAAAAAAAAAAAAAA, 400, invalid-page-token",
        "GET, /plants?pageToken=%F0%9F, 400, invalid-request",
        "GET, /plants/x, 404, plant-not-found",
        "GET, /plants/__x__, 404, plant-not-found",
        "GET, /plants/FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF, 404, plant-not-found",
        "DELETE, /plants/x, 404, plant-not-found",
        "GET, /plants/ffffffffffffffffffffffffffffffff, 503, database-unavailable",
        "DELETE, /plants/ffffffffffffffffffffffffffffffff, 503, database-unavailable",
        "GET, /plants, 503, database-unavailable",
        "GET, /nothing, 404, not-found",
        "GET, /error, 404, not-found",
        "GET, /actuator/health, 404, not-found",
        "PUT, /plants, 405, method-not-allowed",
        "PATCH, /plants/ffffffffffffffffffffffffffffffff, 405, method-not-allowed",
    })
    void answersEachRefusalAsAProblem(String method, String path, int status, String slug) throws Exception {
        assertProblem(send(request(path).method(method, BodyPublishers.noBody())), status, slug);
    }

    @Test
    void refusesOtherMediaTypes() throws Exception {
        assertProblem(
                send(request("/plants")
                        .header("Content-Type", "multipart/form-data")
                        .POST(BodyPublishers.ofString("x"))),
                415,
                "unsupported-media-type");
        assertProblem(
                send(request("/plants").header("Content-Type", "text/plain").POST(BodyPublishers.ofString("x"))),
                415,
                "unsupported-media-type");
        assertProblem(send(request("/plants").header("Accept", "application/xml")), 406, "not-acceptable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "é"})
    void refusesKeysThatAreNotVisibleAscii(String key) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            String body = "{\"name\":\"x\"}";
            socket.getOutputStream()
                    .write(("POST /plants HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIdempotency-Key: " + key
                                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                                    + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400")
                    .contains("\"parameter\":\"Idempotency-Key\"");
        }
    }

    @Test
    void takesKeysOf255CharactersAndNotOf256() throws Exception {
        assertProblem(post("Idempotency-Key", "k".repeat(255)), 503, "database-unavailable");
        assertProblem(post("Idempotency-Key", "k".repeat(256)), 400, "invalid-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GARBAGE", "GET /%zz HTTP/1.1", "GET /plants HTTP/9.9"})
    void answersWhatIsNoHttpAsAProblem(String line) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write((line + "\r\nHost: x\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("application/problem+json", "urn:problem:plants:invalid-request")
                    .doesNotContainIgnoringCase("tomcat")
                    .doesNotContainIgnoringCase("exception");
        }
    }

    @Test
    void sendsSecurityHeadersAndNoServerName() throws Exception {
        HttpResponse<String> answer = send(request("/plants"));
        assertThat(answer.headers().map())
                .containsKeys("x-content-type-options", "content-security-policy", "referrer-policy", "cache-control")
                .doesNotContainKeys("server", "x-powered-by");
    }

    @Test
    void logsOneLineForARequestWhateverItsPath(CapturedOutput output) throws Exception {
        send(request("/nothing/%0d%0aFORGED%1b%5b31m"));
        Awaitility.await("the line follows the answer")
                .untilAsserted(() -> assertThat(output.getOut()
                                .lines()
                                .filter(line -> line.contains("plants.requests") && line.contains("FORGED")))
                        .singleElement()
                        .asString()
                        .contains("GET /nothing/%0d%0aFORGED%1b%5b31m 4"));
        assertThat(output.getOut().lines()).noneMatch(line -> line.startsWith("FORGED"));
    }

    @Test
    void logsWhatWasServedOnlyIfAskedTo(CapturedOutput output) throws Exception {
        LoggingSystem logging = LoggingSystem.get(EdgeTests.class.getClassLoader());
        send(request("/openapi?quiet"));
        // On the same connection, so that the line of the one before would be written by now, and not at another level.
        send(request("/nothing"));
        logging.setLogLevel("plants.requests", LogLevel.DEBUG);
        try {
            send(request("/openapi"));
            Awaitility.await("the line follows the answer")
                    .untilAsserted(
                            () -> assertThat(output.getOut().lines().filter(line -> line.contains("GET /openapi 200")))
                                    .hasSize(1));
        } finally {
            logging.setLogLevel("plants.requests", null);
        }
    }

    @Test
    void isAliveButNotReadyBeforeItReachedTheDatabase() throws Exception {
        assertThat(health("liveness")).isEqualTo(200);
        assertThat(health("readiness")).isEqualTo(503);
    }

    @Test
    void servesTheInterfaceDescriptionThatIsCommitted() throws Exception {
        String committed = Files.readString(Path.of("openapi.yaml"));
        assertThat(send(request("/openapi")).body()).isEqualTo(committed);
        assertThat(send(request("/generated.yaml")).body())
                .as("save this as openapi.yaml if the change is meant")
                .isEqualTo(committed);
    }

    @Test
    void managementHasThreadsThatNoRequestTakes() {
        TomcatWebServer server = (TomcatWebServer) Objects.requireNonNull(servers.management);
        Executor executor =
                server.getTomcat().getConnector().getProtocolHandler().getExecutor();

        assertThat(executor)
                .isInstanceOfSatisfying(
                        ThreadPoolExecutor.class,
                        threads -> assertThat(threads.getMaximumPoolSize()).isEqualTo(4));
    }

    @TestConfiguration
    static class Servers {

        private @Nullable WebServer management;

        @EventListener
        void opened(WebServerInitializedEvent event) {
            if ("management".equals(event.getApplicationContext().getServerNamespace())) {
                management = event.getWebServer();
            }
        }
    }

    private int health(String group) throws Exception {
        return send(HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPort + "/actuator/health/" + group)))
                .statusCode();
    }

    private static BodyPublisher chunked(byte[] body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<String> post(BodyPublisher body) throws Exception {
        return send(
                request("/plants").header("Content-Type", "application/json").POST(body));
    }

    private HttpResponse<String> post(String header, String value) throws Exception {
        return send(request("/plants")
                .header("Content-Type", "application/json")
                .header(header, value)
                .POST(BodyPublishers.ofString("{\"name\":\"x\"}")));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String slug) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.path("type").asString()).isEqualTo("urn:problem:plants:" + slug);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
    }
}
