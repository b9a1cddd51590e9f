package dev.databasetraffic.rehearsal.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceListingTests {

    private static final ServiceListing LISTING =
            new ServiceListing("/orders?page=${page}&size=2", "/orders", "/reference", "/next");

    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private URI service;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String query = exchange.getRequestURI().toString();
            asked.add(query);
            byte[] page = pages.getOrDefault(query, "").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(page.length == 0 ? 400 : 200, page.length == 0 ? -1 : page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        service = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void everyPageIsReadAndTheFirstIsAskedForWithoutAToken() throws Exception {
        pages.put("/orders?size=2", "{\"orders\":[{\"reference\":\"r-1\"},{\"reference\":\"x-1\"}],\"next\":\"a/b\"}");
        pages.put("/orders?page=a%2Fb&size=2", "{\"orders\":[{\"reference\":\"r-2\"},{\"reference\":\"r-1\"}]}");

        assertThat(LISTING.count(service, "r-")).isEqualTo(Map.of("r-1", 2, "r-2", 1));
        assertThat(asked).containsExactly("/orders?size=2", "/orders?page=a%2Fb&size=2");
    }

    @Test
    void aListThatIsNotThereOrNotCompleteIsAnErrorAndNotAnAbsence() {
        assertThatThrownBy(() -> LISTING.count(service, "r-"))
                .isInstanceOf(PlaceException.class)
                .hasMessageContaining("answered 400");
        pages.put("/orders?size=2", "{\"items\":[]}");
        assertThatThrownBy(() -> LISTING.count(service, "r-"))
                .isInstanceOf(PlaceException.class)
                .hasMessageContaining("no list at /orders");
    }

    @Test
    void aListWithoutTheKeyIsAnErrorAndAnEmptyOneIsNot() throws Exception {
        pages.put("/orders?size=2", "{\"orders\":[{\"refrence\":\"r-1\"}]}");
        assertThatThrownBy(() -> LISTING.count(service, "r-"))
                .isInstanceOf(PlaceException.class)
                .hasMessageContaining("has anything at /reference");
        pages.put("/orders?size=2", "{\"orders\":[]}");
        assertThat(LISTING.count(service, "r-")).isEmpty();
    }

    @Test
    void aPathThatIsNoneBeforeOrAfterItHasATokenIsRefused() {
        for (String path : List.of("/orders/pages/${page}", "/orders?where={\"x\":1}", "/or ders?page=${page}")) {
            assertThatThrownBy(() -> new ServiceListing(path, "/orders", "/reference", null))
                    .as(path)
                    .hasMessageContaining("path");
        }
    }
}
