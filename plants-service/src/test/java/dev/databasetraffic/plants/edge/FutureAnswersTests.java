package dev.databasetraffic.plants.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.plants.inventory.PlantsException;
import dev.databasetraffic.plants.inventory.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "management.server.port=0",
            "plants.firestore.endpoint=127.0.0.1:1",
            "plants.firestore.credentials=emulator",
            "plants.firestore.project=none"
        })
@Import(FutureAnswersTests.Later.class)
class FutureAnswersTests {

    private static final int MORE_THAN_SOCKETS_HOLD = 20_000_000;

    private static final Queue<CompletableFuture<Map<String, String>>> ASKED = new ConcurrentLinkedQueue<>();

    private static final AtomicBoolean CARRIED_OUT = new AtomicBoolean();

    @Value("${local.server.port}")
    private int port;

    @Autowired
    private MeterRegistry metrics;

    @TestComponent
    @RestController
    static class Later {

        @GetMapping("/later")
        CompletableFuture<Map<String, String>> later() {
            CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();
            ASKED.add(answer);
            return answer;
        }

        @GetMapping(path = "/unrenderable", produces = "application/json")
        CompletableFuture<Object> unrenderable() {
            return CompletableFuture.completedFuture(new Object() {
                @SuppressWarnings("unused")
                public String getName() {
                    throw new IllegalStateException("for the log alone");
                }
            });
        }

        @GetMapping(path = "/plain", produces = "application/json")
        CompletableFuture<Map<String, String>> plain() {
            CARRIED_OUT.set(true);
            return atOnce();
        }

        @GetMapping("/at-once")
        CompletableFuture<Map<String, String>> atOnce() {
            return CompletableFuture.completedFuture(Map.of("name", "fern"));
        }
    }

    @Test
    void anAnswerThatComesLaterIsWrittenWithItsLength() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = ask("/later");
        asked().complete(Map.of("name", "fern"));
        assertAnswered(answer.get());
        Awaitility.await("the request is measured to its end")
                .untilAsserted(() -> assertThat(metrics.find("http.server.requests")
                                .tags("uri", "/later", "status", "200")
                                .timer())
                        .isNotNull());
    }

    @Test
    void anAnswerThatIsThereAlreadyIsWrittenInTheSameWay() throws Exception {
        assertAnswered(ask("/at-once").get());
    }

    @Test
    void aFailureIsAnsweredAsAnyOther() throws Exception {
        CompletableFuture<HttpResponse<String>> answer = ask("/later");
        asked().completeExceptionally(new PlantsException(Problem.OUTCOME_UNKNOWN, "for the log alone"));
        assertThat(answer.get().statusCode()).isEqualTo(504);
        assertThat(answer.get().body()).contains("outcome-unknown").doesNotContain("for the log alone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json;charset=utf-16",
                "application/json; charset=iso-8859-1",
                "application/json;charset=us-ascii;q=0.5",
                "*/*;charset=utf-16",
                "application/*;charset=utf-32, text/html;q=0.1"
            })
    void whateverCharsetACallerNamesTheAnswerIsJson(String accept) throws Exception {
        assertAnswered(ask("/plain", "Accept", accept).get());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "application/xml;charset=utf-8",
                "image/*",
                "a b",
                "/",
                "application/json;charset=nonsense"
            })
    void whatCannotBeAnsweredIsRefusedBeforeItIsCarriedOut(String accept) throws Exception {
        CARRIED_OUT.set(false);

        HttpResponse<String> answer = ask("/plain", "Accept", accept).get();

        assertThat(answer.statusCode()).isEqualTo(406);
        assertThat(answer.body()).contains("not-acceptable");
        assertThat(CARRIED_OUT).isFalse();
    }

    @Test
    void anAnswerThatCannotBeWrittenIsToldAsSuch() throws Exception {
        HttpResponse<String> answer = ask("/unrenderable").get();

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("answer-not-rendered").doesNotContain("for the log alone");
    }

    @Test
    void aCallerWhoDoesNotReadHoldsNobodyUpWhoBringsAnswers() throws Exception {
        Map<String, String> more = Map.of("name", "x".repeat(MORE_THAN_SOCKETS_HOLD));
        try (Socket caller = new Socket()) {
            caller.setReceiveBufferSize(1024);
            caller.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            caller.getOutputStream()
                    .write("GET /later HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            CompletableFuture<Map<String, String>> asked = asked();
            assertThat(CompletableFuture.runAsync(() -> asked.complete(more))).succeedsWithin(Duration.ofSeconds(1));
            assertThat(caller.getInputStream().readAllBytes())
                    .as("once the caller reads")
                    .hasSizeGreaterThan(MORE_THAN_SOCKETS_HOLD);
        }
    }

    private static void assertAnswered(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"name\":\"fern\"}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.headers().firstValueAsLong("Content-Length"))
                .hasValue(answer.body().length());
    }

    private CompletableFuture<HttpResponse<String>> ask(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return HttpClient.newHttpClient()
                .sendAsync(
                        (headers.length == 0 ? request : request.headers(headers)).build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static CompletableFuture<Map<String, String>> asked() {
        Awaitility.await().until(() -> !ASKED.isEmpty());
        return ASKED.remove();
    }
}
