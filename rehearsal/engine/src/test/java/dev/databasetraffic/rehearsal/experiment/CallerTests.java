package dev.databasetraffic.rehearsal.experiment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTests {

    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final FakePlace place = new FakePlace();
    private final Caller caller = new Caller(place.service(), patient(Experiments.planting()));

    @AfterEach
    void end() {
        caller.close();
        place.close();
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    201 | {}                                                | ACKNOWLEDGED | ''            | true
                    200 | {}                                                | ACKNOWLEDGED | ''            | true
                    503 | {"type":"urn:down","outcome":"not-written"}       | NOT_WRITTEN  | urn:down      | true
                    503 | {"type":"urn:down"}                               | AMBIGUOUS    | urn:down      | false
                    503 | no healthy upstream                               | AMBIGUOUS    | ''            | false
                    504 | {"type":"urn:who-knows","outcome":"unknown"}      | AMBIGUOUS    | urn:who-knows | true
                    500 | {"type":"urn:x","outcome":"not-written"}          | AMBIGUOUS    | urn:x         | false
                    302 | {}                                                | AMBIGUOUS    | ''            | false
                    400 | {"type":"urn:bad"}                                | REFUSED      | urn:bad       | true
                    429 | []                                                | REFUSED      | ''            | true
                    502 | {"type":"a\\nb\\u001b[31m"}                       | AMBIGUOUS    | a?b?[31m      | false
                    """)
    void anAnswerMeansWhatTheExperimentSaysAndNothingElse(
            int status, String body, Outcome outcome, String kind, boolean foreseen) throws Exception {
        place.healthy = (fake, exchange, name) -> FakePlace.respond(exchange, status, body);

        assertThat(caller.ask(7, "x").get()).isEqualTo(new Answer(outcome, status, kind, foreseen));
    }

    @Test
    void aReadIsASuccessOrAFailureThatLeavesNothingOpen() throws Exception {
        try (Caller reader = new Caller(place.service(), patient(Experiments.reading("/stock")))) {
            assertThat(reader.ask(0, "x").get()).isEqualTo(new Answer(Outcome.ACKNOWLEDGED, 200, "", true));
            place.apply(Path.of("outage.yaml"));
            assertThat(reader.ask(0, "x").get()).isEqualTo(new Answer(Outcome.NOT_WRITTEN, 500, "", false));
        }
        assertThat(place.plants).isEmpty();
    }

    @Test
    void theKeyAndTheNumberAreWhereTheTemplateSays() throws Exception {
        Operation.Request template = new Operation.Request(
                "PUT",
                "/orders/${key}?n=${n}",
                Map.of("X-Number", "no. ${n}", "Content-Type", "application/vnd.shop+json"),
                Map.of(
                        "reference",
                        "${key}",
                        "n",
                        "${n}",
                        "lines",
                        List.of(Map.of("sku", "sku-${n}", "count", 2)),
                        "price",
                        "$${n}"));

        String request =
                new String(new RequestForm(URI.create("http://127.0.0.1:1"), template).of("rehearsal-x-7", 7), UTF_8);

        String[] parts = request.split("\r\n\r\n", 2);
        assertThat(parts[0].lines())
                .contains("PUT /orders/rehearsal-x-7?n=7 HTTP/1.1", "Host: 127.0.0.1:1", "X-Number: no. 7")
                .contains("Content-Type: application/vnd.shop+json", "Content-Length: " + parts[1].length());
        JsonNode body = new ObjectMapper().readTree(parts[1]);
        assertThat(body.path("reference").asText()).isEqualTo("rehearsal-x-7");
        assertThat(body.path("n").isInt()).isTrue();
        assertThat(body.at("/lines/0/sku").asText()).isEqualTo("sku-7");
        assertThat(body.path("price").asText()).isEqualTo("${n}");
    }

    @Test
    void aRequestWithoutBodyHasNoneAndAPathIsAscii() {
        RequestForm form = new RequestForm(
                URI.create("https://[::1]"), new Operation.Request("GET", "/plätze?id=${key}#top", null, null));

        assertThat(new String(form.of("x", 1), UTF_8))
                .isEqualTo("GET /pl%C3%A4tze?id=x HTTP/1.1\r\nHost: [::1]\r\nUser-Agent: rehearse\r\n\r\n");
    }

    @Test
    void operationsComeAsOftenAsTheirWeightsSay() {
        Operation rare = Experiments.reading("/rare");
        Operation often =
                new Operation("often", 9, rare.request(), rare.acknowledged(), null, null, null, null, null, true);
        Operations operations = new Operations(List.of(rare, often));

        assertThat(IntStream.range(0, 1000)
                        .filter(n -> operations.of(n) == often)
                        .count())
                .isBetween(898L, 902L);
        assertThat(IntStream.range(500, 520)
                        .filter(n -> operations.of(n) == rare)
                        .count())
                .isBetween(1L, 3L);
    }

    @Test
    void silenceIsAmbiguous() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        place.healthy = (fake, exchange, name) -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };

        assertThat(caller.ask(7, "x").get())
                .isEqualTo(new Answer(Outcome.AMBIGUOUS, 0, "no answer within the caller's timeout", false));
        end.countDown();
    }

    @Test
    void aConnectionThatBreaksIsAmbiguous() throws Exception {
        place.healthy = (fake, exchange, name) -> exchange.close();

        assertThat(caller.ask(7, "x").get()).isEqualTo(new Answer(Outcome.AMBIGUOUS, 0, "broken connection", false));
    }

    @Test
    void aConnectionThatIsRefusedProvesThatNothingWasWritten() throws Exception {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (Caller toNobody = new Caller(nobody, patient(Experiments.planting()))) {
            assertThat(toNobody.ask(0, "x").get())
                    .isEqualTo(new Answer(Outcome.NOT_WRITTEN, 0, "connection refused", true));
        }
    }

    private static Experiment patient(Operation operation) {
        Experiment brief = Experiments.brief();
        return brief.withOperation(operation)
                .with(
                        brief.title(),
                        brief.fault(),
                        brief.phases(),
                        new Experiment.Load(1, 1, PATIENCE),
                        brief.tolerances());
    }
}
