package dev.databasetraffic.databases.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.databasetraffic.databases.Address;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HttpReadBackTests {

    private static final HttpReadBack ORDERS = new HttpReadBack("/orders?prefix=${prefix}");
    private static final String PREFIX = "run &1-";

    private HttpServer server;
    private Source source;
    private volatile String asked = "";
    private volatile String authorization = "";

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        source = Source.of(Address.loopback(server.getAddress().getPort()), new Login("anna", "secret", "shop"));
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"run &1-a\": 1, \"run &1-b\": 2}",
                "[\"run &1-a\", \"run &1-b\", \"run &1-b\"]",
                "[{\"key\": \"run &1-a\", \"count\": 1}, {\"key\": \"run &1-b\", \"count\": \"2\"}]"
            })
    void objectsAndArraysAreCounts(String body) throws Exception {
        answer(200, body);

        assertThat(ORDERS.count(source, PREFIX)).isEqualTo(Map.of("run &1-a", 1, "run &1-b", 2));
        assertThat(asked).isEqualTo("/orders?prefix=run%20%261-");
        assertThat(authorization).isEqualTo("Basic YW5uYTpzZWNyZXQ=");
    }

    @Test
    void aUrlMayNameAnotherServer() throws Exception {
        answer(200, "[]");

        assertThat(new HttpReadBack("http://" + source.address() + "/${prefix}").count(nowhere(), "run-"))
                .isEmpty();
        assertThat(asked).isEqualTo("/run-");
    }

    @Test
    void anyOtherAnswerIsAnError() throws Exception {
        answer(404, "no such index");
        assertRefused("status 404, not with counts: no such index");
        answer(200, "<html>");
        assertRefused("not JSON: <html>");
        answer(200, "3");
        assertRefused("neither an object nor an array: 3");
        answer(200, "[{\"id\": \"run &1-a\"}]");
        assertRefused("the key null");
        answer(200, "{\"run &1-a\": null}");
        assertRefused("\"null\" as the count");
    }

    @Test
    void aServerThatIsNotThereIsAnError() {
        assertThatThrownBy(() -> ORDERS.count(nowhere(), PREFIX))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("http://127.0.0.1:1/orders")
                .hasMessageContaining("ConnectException");
    }

    @Test
    void anAnswerThatDoesNotEndIsAnErrorInTime() {
        handle(exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
        });
        long begin = System.nanoTime();

        assertThatThrownBy(() -> ORDERS.count(source.within(Duration.ofSeconds(1)), PREFIX))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("within 1 s");

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "orders?prefix=${prefix}", "ftp://host/${prefix}", "/a b/${prefix}"})
    void aPathThatCannotWorkIsRefusedAtTheDoor(String path) {
        assertThatThrownBy(() -> new HttpReadBack(path).check())
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(path);
    }

    private static Source nowhere() {
        return Source.of(Address.loopback(1), null);
    }

    private void assertRefused(String reason) {
        assertThatThrownBy(() -> ORDERS.count(source, PREFIX))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(reason);
    }

    private void answer(int status, String body) {
        handle(exchange -> {
            asked = exchange.getRequestURI().toString();
            authorization = exchange.getRequestHeaders().getFirst("Authorization");
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private interface Handling {
        void of(HttpExchange exchange) throws IOException;
    }

    private void handle(Handling handling) {
        try {
            server.removeContext("/");
        } catch (IllegalArgumentException e) {
            // The first.
        }
        server.createContext("/", handling::of);
    }
}
