package dev.databasetraffic.plants.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import dev.databasetraffic.plants.inventory.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.coyote.AbstractProtocol;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

class LoadSheddingProtocolTests {

    private static final String GET = "GET /plants HTTP/1.1\r\nHost: x\r\n\r\n";
    private static final int MOST = 3;
    private static final int SILENCE_MILLIS = 60_000;
    private static final int PATIENCE_MILLIS = 5_000;
    private static final Duration BURST = Duration.ofSeconds(2);
    private static final Duration MAX_WAIT = Duration.ofSeconds(3);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong now = new AtomicLong();
    private final Places places = new Places(1, BURST, MAX_WAIT, now::get);
    private final List<Socket> held = new ArrayList<>();
    private volatile boolean away;
    private WebServer server;

    @BeforeEach
    void start() {
        HttpProperties properties = new HttpProperties(
                Duration.ofSeconds(1), DataSize.ofKilobytes(16), Duration.ofSeconds(10), 9, BURST, MAX_WAIT, 0);
        TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
        factory.setProtocol(LoadSheddingProtocol.class.getName());
        factory.addProtocolHandlerCustomizers(protocol -> {
            ((LoadSheddingProtocol) protocol)
                    .shed(
                            new ReadyAnswer(Problem.OVERLOADED, properties, JsonMapper.shared()),
                            places,
                            new ReadyAnswer(Problem.DATABASE_UNAVAILABLE, properties, JsonMapper.shared()),
                            new FutileRequests(() -> away, 0, System::nanoTime),
                            new Refusals(registry));
            ((AbstractProtocol<?>) protocol).setMaxConnections(MOST);
            ((AbstractProtocol<?>) protocol).setConnectionTimeout(SILENCE_MILLIS);
        });
        server = factory.getWebServer();
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : held) {
            socket.close();
        }
        server.stop();
    }

    @Test
    void whoComesWhileOthersHoldAllConnectionsInSilenceIsToldAtOnceUntilOneOfThemGoes() throws Exception {
        assertThat(answer()).startsWith("HTTP/1.1 404");

        for (int i = 0; i < MOST; i++) {
            held.add(connect());
        }
        for (int i = 0; i < 20; i++) {
            assertThat(answer())
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .contains("Retry-After: 1\r\n", "Connection: close\r\n", "X-Content-Type-Options: nosniff\r\n")
                    .contains("\r\n\r\n{", "\"outcome\":\"not-written\"")
                    .endsWith("}");
        }
        assertThat(refused("overloaded")).isEqualTo(20);

        held.remove(0).close();
        Awaitility.await("there is room")
                .untilAsserted(() -> assertThat(answer()).startsWith("HTTP/1.1 404"));
    }

    @Test
    void whoHasAConnectionIsServedWhileNewOnesAreRefused() throws Exception {
        Socket first = connect();
        held.add(first);
        for (int i = 1; i < MOST; i++) {
            held.add(connect());
        }
        assertThat(answer()).startsWith("HTTP/1.1 503");

        assertThat(ask(first)).startsWith("HTTP/1.1 404");
    }

    @Test
    void requestsWithoutAPlaceAreToldSoOnAConnectionThatIsServedOnceThereIsOne() throws Exception {
        assertThat(answer()).startsWith("HTTP/1.1 404");

        overload();
        String post = "POST /plants HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
        // A new one: on one just served, the container's thread may look for the next request itself, and Admission
        // refuses.
        Socket socket = connect();
        held.add(socket);
        for (int i = 0; i < 20; i++) {
            assertThat(exchange(socket, post))
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .contains("Retry-After: 1\r\n", "\"outcome\":\"not-written\"")
                    .doesNotContain("Connection: close");
        }
        assertThat(refused("overloaded")).isEqualTo(20);

        places.giveBack();
        assertThat(exchange(socket, post)).startsWith("HTTP/1.1 404");
    }

    @Test
    void aRequestThatFindsNoPlaceInABurstWaitsForOneAndIsServed() throws Exception {
        assertThat(answer()).startsWith("HTTP/1.1 404");

        try (Socket socket = oneThatWaits()) {
            assertThat(socket.getInputStream().available()).isZero();

            places.giveBack();
            assertThat(nextAnswer(socket)).startsWith("HTTP/1.1 404");
            assertThat(exchange(socket, GET)).startsWith("HTTP/1.1 404");
        }
        assertThat(refused("overloaded")).isZero();
        takePlace();
    }

    @Test
    void aRequestThatHasWaitedForTooLongIsRefusedAndItsConnectionKept() throws Exception {
        assertThat(answer()).startsWith("HTTP/1.1 404");

        takePlace();
        try (Socket socket = connect()) {
            long asked = System.nanoTime();
            assertThat(exchange(socket, GET)).startsWith("HTTP/1.1 503");
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isBetween(MAX_WAIT, MAX_WAIT.plusSeconds(2));
            assertThat(refused("overloaded")).isOne();

            places.giveBack();
            assertThat(exchange(socket, GET)).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void whoWaitsForAPlaceWhenTheServiceIsBeingStoppedIsToldSo() throws Exception {
        try (Socket socket = oneThatWaits()) {
            ((TomcatWebServer) server).getTomcat().getConnector().pause();

            places.giveBack();
            assertThat(nextAnswer(socket)).startsWith("HTTP/1.1 503 ");
        }
        takePlace();
    }

    @Test
    void whoHasAConnectionWhenTheServiceIsBeingStoppedIsToldSo() throws Exception {
        try (Socket socket = connect()) {
            // Connections are taken in the order in which they come.
            assertThat(answer()).startsWith("HTTP/1.1 404");
            ((TomcatWebServer) server).getTomcat().getConnector().pause();

            assertThat(exchange(socket, GET)).startsWith("HTTP/1.1 503 ");
        }
    }

    @Test
    void whoGoesWhileWaitingForAPlaceTakesNone() throws Exception {
        oneThatWaits().close();

        places.giveBack();
        takePlace();
    }

    @Test
    void aRequestOfWhichMoreIsToComeIsRefusedAndItsConnectionClosed() throws Exception {
        overload();
        try (Socket socket = connect()) {
            assertThat(answer(socket, "POST /plants HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n{}"))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("Connection: close\r\n")
                    .endsWith("}");
        }
        places.giveBack();
        assertThat(answer()).startsWith("HTTP/1.1 404");
    }

    @Test
    void whoComesWhileTheDatabaseIsAwayIsToldSoOnAConnectionThatIsServedOnceItIsBack() throws Exception {
        String post = "POST /plants HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
        assertThat(answer()).startsWith("HTTP/1.1 404");

        away = true;
        Socket socket = connect();
        held.add(socket);
        for (int i = 0; i < 20; i++) {
            assertThat(exchange(socket, post))
                    .startsWith("HTTP/1.1 503 Service Unavailable\r\n")
                    .contains("Retry-After: 1\r\n", "urn:problem:plants:database-unavailable", "not-written")
                    .doesNotContain("Connection: close");
        }
        assertThat(refused("database-unavailable")).isEqualTo(20);
        assertThat(refused("overloaded")).isZero();

        away = false;
        assertThat(exchange(socket, post)).startsWith("HTTP/1.1 404");
    }

    @Test
    void whatIsNotForTheDatabaseOrNotWholeGoesItsWayWhileTheDatabaseIsAway() throws Exception {
        away = true;
        for (String request : List.of(
                "GET /openapi HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /openapi HTTP/1.1\r\nHost: x\r\n\r\nGET /plants HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "POST /plants HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}")) {
            try (Socket socket = connect()) {
                assertThat(answer(socket, request)).startsWith("HTTP/1.1 404");
            }
        }
        try (Socket socket = connect()) {
            assertThat(exchange(socket, "GET /openapi HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 404");
        }
        assertThat(refused("database-unavailable")).isZero();
    }

    /** Who was answered has given it back by then. */
    private void takePlace() {
        Awaitility.await("there is a place").until(places::takeInTurn);
    }

    /** Its request has been sent, and finds no place. */
    private Socket oneThatWaits() throws IOException {
        takePlace();
        Socket socket = connect();
        send(socket, GET);
        Awaitility.await("it waits").until(() -> places.waiting() == 1);
        return socket;
    }

    /** For longer than a burst lasts; who waits meanwhile needs no place after all. */
    private void overload() {
        takePlace();
        assertThat(places.takeInTurn()).isFalse();
        assertThat(places.waitFor(mock())).isTrue();
        assertThat(places.waitFor(mock()))
                .as("in a line as long as there are places")
                .isFalse();
    }

    private double refused(String problem) {
        return registry.get("plants.http.refused")
                .tag("problem", problem)
                .counter()
                .count();
    }

    private static String exchange(Socket socket, String request) throws IOException {
        send(socket, request);
        return nextAnswer(socket);
    }

    private static void send(Socket socket, String request) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    /** One answer, whose body has the length that it says. */
    private static String nextAnswer(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("after '%s'", answer).isNotEqualTo(-1);
            answer.append((char) next);
        }
        Matcher length = Pattern.compile("Content-Length: (\\d+)").matcher(answer);
        assertThat(length.find()).isTrue();
        byte[] body = socket.getInputStream().readNBytes(Integer.parseInt(length.group(1)));
        return answer + new String(body, StandardCharsets.UTF_8);
    }

    private String answer() throws IOException {
        try (Socket socket = connect()) {
            return ask(socket);
        }
    }

    private static String ask(Socket socket) throws IOException {
        return answer(socket, "GET /plants HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    }

    private static String answer(Socket socket, String request) throws IOException {
        send(socket, request);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.getPort());
    }
}
