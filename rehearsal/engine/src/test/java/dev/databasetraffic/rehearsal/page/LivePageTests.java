package dev.databasetraffic.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.page.EventReader.Received;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page's server tells and refuses, without a browser. */
@Execution(ExecutionMode.CONCURRENT)
class LivePageTests {

    private final FakeSystem system = new FakeSystem();
    private final HttpClient http = HttpClient.newHttpClient();
    private LivePage page;

    @BeforeEach
    void start() throws IOException {
        page = LivePage.start("A test", 0);
        page.watch(system);
        page.offer(system);
    }

    @AfterEach
    void end() {
        page.close();
    }

    @Test
    void whoeverHasTheTokenSwitches() throws Exception {
        assertThat(post("outage/start", "{\"id\":\"silent\",\"cut\":false}").statusCode())
                .isEqualTo(200);
        assertThat(post("load", "{\"rate\":50}").statusCode()).isEqualTo(200);
        assertThat(post("outage/stop", "{}").statusCode()).isEqualTo(200);

        assertThat(system.switched).containsExactly("begin silent", "end");
        assertThat(system.rate()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example, 403",
        "Origin, null, 403",
        "Origin, '', 403",
        "X-Rehearsal-Token, '', 403",
        "X-Rehearsal-Token, 0123456789abcdef0123456789abcdef, 403",
        "Content-Type, text/plain, 415",
        "Content-Type, application/x-www-form-urlencoded, 415"
    })
    void aForgedRequestSwitchesNothing(String header, String value, int status) throws Exception {
        HttpRequest.Builder request = request("outage/start");
        request.setHeader(header, value);

        HttpResponse<String> response = send(request, "{\"id\":\"silent\"}");

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("detail");
        assertThat(system.switched).isEmpty();
    }

    @Test
    void aNameThatSomebodyElseLedHereSeesNothing() throws Exception {
        // As a site does whose name resolves to this machine once its page is loaded.
        String answer =
                RawHttp.get(page.address(), "evil.example:" + page.address().getPort());

        assertThat(answer).startsWith("HTTP/1.1 421").doesNotContain("<html");
    }

    @ParameterizedTest
    @CsvSource({
        "load, '{\"rate\":501}', 400",
        "load, '{\"rate\":-1}', 400",
        "load, '{\"rate\":\"many\"}', 400",
        "load, '{', 400",
        "load, '[1]', 400",
        "elsewhere, '{}', 404"
    })
    void whatIsNotUnderstoodIsRefusedWithAReason(String path, String body, int status) throws Exception {
        HttpResponse<String> response = post(path, body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("detail");
        assertThat(system.rate()).isZero();
    }

    @Test
    void aBodyOverTheLimitIsRefused() throws Exception {
        String body = "{\"rate\":1,\"more\":\"" + "x".repeat(17_000) + "\"}";

        assertThat(post("load", body).statusCode()).isEqualTo(400);
        assertThat(system.rate()).isZero();
    }

    @Test
    void aMeshThatDoesNotAnswerKeepsNobodyFromSwitchingOrBeingTold() throws Exception {
        system.mesh = new CountDownLatch(1);
        try (EventReader viewer = EventReader.open(page, null)) {
            viewer.awaitNamed("snapshot");
            await().until(() -> system.looks.get() > 0);

            assertThat(post("outage/start", "{\"id\":\"silent\"}").statusCode()).isEqualTo(200);
            system.tell(MeshEvent.Kind.APPLIED);

            assertThat(viewer.awaitNamed("moment").data().path("text").asText()).isEqualTo("Outage applied");
        } finally {
            system.mesh.countDown();
        }
    }

    @Test
    void nothingIsAskedOfTheSystemWhileNobodyLooks() throws Exception {
        try (EventReader viewer = EventReader.open(page, null)) {
            viewer.awaitNamed("tick");
            viewer.awaitNamed("tick");
        }
        AtomicInteger last = new AtomicInteger(-1);
        // Longer than the pace of looking.
        await().during(Duration.ofMillis(2500))
                .atMost(Duration.ofSeconds(30))
                .until(() -> last.getAndSet(system.looks.get()) == system.looks.get());

        int before = system.looks.get();
        try (EventReader viewer = EventReader.open(page, null)) {
            viewer.awaitNamed("tick");
        }
        assertThat(system.looks).hasValueGreaterThan(before);
    }

    @Test
    void ratesComeFromTheDifferenceOfTwoLooksAndWhatIsUnknownIsNotZero() throws Exception {
        system.countsNoRequests();
        system.flow("db.example.com:443", 2, 2, 0, 1_000);
        try (EventReader viewer = EventReader.open(page, null)) {
            JsonNode first = edge(viewer.awaitNamed("snapshot").data().path("tick"), "db.example.com:443");
            assertThat(first.path("bytes").isNull()).isTrue();
            assertThat(first.path("open").asInt()).isEqualTo(2);

            system.flow("db.example.com:443", 3, 1, 0, 50_000);

            JsonNode second = edge(viewer.awaitNamed("tick").data(), "db.example.com:443");
            assertThat(second.path("bytes").asDouble()).isBetween(20_000.0, 60_000.0);
            assertThat(second.path("opened").asDouble()).isBetween(0.4, 1.2);
            assertThat(viewer.last().data().at("/scene/edges/0/requests").isNull())
                    .isTrue();
        }
    }

    @Test
    void whoComesBackIsToldWhatHeMissedAndNothingTwice() throws Exception {
        try (EventReader stays = EventReader.open(page, null)) {
            String seen;
            try (EventReader leaves = EventReader.open(page, null)) {
                seen = leaves.awaitNamed("tick").id();
            }
            page.say("said meanwhile");
            stays.awaitNamed("says");

            try (EventReader back = EventReader.open(page, seen)) {
                back.awaitNamed("says");
                assertThat(back.all()).extracting(Received::name).doesNotContain("snapshot");
                assertThat(back.all()).extracting(Received::id).doesNotHaveDuplicates();
                assertThat(back.last().data().asText()).isEqualTo("said meanwhile");
            }
        }
    }

    @Test
    void whoComesBackWhenNobodyLookedMeanwhileGetsEverything() throws Exception {
        String seen;
        try (EventReader leaves = EventReader.open(page, null)) {
            seen = leaves.awaitNamed("tick").id();
        }
        int looks = system.looks.get();
        await().until(() -> {
            page.say("said to nobody");
            try (EventReader back = EventReader.open(page, seen)) {
                return back.next().name().equals("snapshot");
            }
        });
        assertThat(system.looks).hasValueGreaterThanOrEqualTo(looks);
    }

    @Test
    void theMomentsAreToldToWhoComesLate() throws Exception {
        system.tell(MeshEvent.Kind.APPLIED);

        try (EventReader viewer = EventReader.open(page, null)) {
            JsonNode snapshot = viewer.awaitNamed("snapshot").data();
            assertThat(snapshot.at("/moments/0/text").asText()).isEqualTo("Outage applied");
            long left = snapshot.at("/tick/drained").asLong()
                    - snapshot.at("/tick/now").asLong();
            assertThat(left).isBetween(1L, FakeSystem.DRAIN.toMillis());

            system.tell(MeshEvent.Kind.OLD_CONNECTION_GONE);
            viewer.awaitNamed("moment");
            assertThat(viewer.awaitNamed("tick").data().path("drained").isNull())
                    .isTrue();
        }
    }

    @Test
    void aFaultOfTheWireEndsNoConnectionWhenATimeIsUp() throws Exception {
        page.happened(new MeshEvent(MeshEvent.Kind.APPLIED, Instant.now(), "on the wire: frozen"));

        try (EventReader viewer = EventReader.open(page, null)) {
            JsonNode snapshot = viewer.awaitNamed("snapshot").data();
            assertThat(snapshot.at("/moments/0/text").asText()).isEqualTo("Outage applied");
            assertThat(snapshot.at("/tick/drained").isNull()).isTrue();
        }
    }

    @Test
    void theEndIsTheLastThatAPageHears() throws Exception {
        try (EventReader viewer = EventReader.open(page, null)) {
            viewer.awaitNamed("snapshot");
            page.end(new Ending("held", "It held", List.of(), List.of(), "<p>report</p>", "report.html"));
            page.close();

            assertThat(viewer.awaitNamed("end").data().path("headline").asText())
                    .isEqualTo("It held");
            assertThat(viewer.awaitEnd()).isTrue();
        }
    }

    private static JsonNode edge(JsonNode tick, String target) {
        for (JsonNode edge : tick.at("/scene/edges")) {
            if (edge.path("to").asText().equals(target)) {
                return edge;
            }
        }
        throw new AssertionError("no edge to " + target + " in " + tick);
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return send(request(path), body);
    }

    private HttpRequest.Builder request(String path) {
        URI address = page.address();
        return HttpRequest.newBuilder(address.resolve("/" + path))
                .header("Origin", "http://127.0.0.1:" + address.getPort())
                .header("Content-Type", "application/json")
                .header("X-Rehearsal-Token", address.getFragment());
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String body) throws Exception {
        return http.send(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }
}
