package dev.databasetraffic.rehearsal.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTests {

    private static final Experiment.Load LOAD =
            new Experiment.Load(1, 1, Duration.ofMillis(500), Map.of("quantity", 3));

    private final FakePlace place = new FakePlace();
    private final Caller caller = new Caller(place.service(), LOAD);

    @AfterEach
    void end() {
        caller.close();
        place.close();
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    201 | {}                                                | ACKNOWLEDGED | ''
                    200 | {}                                                | ACKNOWLEDGED | ''
                    503 | {"type":"urn:down","outcome":"not-written"}       | NOT_WRITTEN  | urn:down
                    503 | {"type":"urn:down"}                               | AMBIGUOUS    | urn:down
                    503 | no healthy upstream                               | AMBIGUOUS    | no problem type
                    504 | {"type":"urn:who-knows","outcome":"unknown"}      | AMBIGUOUS    | urn:who-knows
                    500 | {"type":"urn:x","outcome":"not-written"}          | AMBIGUOUS    | urn:x
                    302 | {}                                                | AMBIGUOUS    | no problem type
                    400 | {"type":"urn:bad"}                                | REFUSED      | urn:bad
                    429 | []                                                | REFUSED      | no problem type
                    502 | {"type":"a\\nb\\u001b[31m"}                       | AMBIGUOUS    | a?b?[31m
                    """)
    void anAnswerIsClassifiedAsCautiouslyAsAClientMust(int status, String body, Outcome outcome, String kind)
            throws Exception {
        place.healthy = (fake, exchange, name) -> FakePlace.respond(exchange, status, body);

        assertThat(caller.write("x").get()).isEqualTo(new Answer(outcome, status, kind));
    }

    @Test
    void aProbeIsASuccessOrAFailureThatLeavesNothingOpen() throws Exception {
        Experiment brief = Experiments.brief();
        Experiment probing = Experiments.probing(brief, "/stock");
        try (Caller prober = Caller.of(place.service(), probing)) {
            assertThat(prober.write("x").get()).isEqualTo(new Answer(Outcome.ACKNOWLEDGED, 200, ""));
            place.apply(Path.of("outage.yaml"));
            assertThat(prober.write("x").get()).isEqualTo(new Answer(Outcome.NOT_WRITTEN, 500, "no problem type"));
        }
        try (Caller prober = Caller.of(place.service(), Experiments.probing(brief, "/nowhere"))) {
            assertThat(prober.write("x").get().outcome()).isEqualTo(Outcome.NOT_WRITTEN);
        }
        assertThat(place.plants).isEmpty();
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

        assertThat(caller.write("x").get())
                .isEqualTo(new Answer(Outcome.AMBIGUOUS, 0, "no answer within the caller's timeout"));
        end.countDown();
    }

    @Test
    void aConnectionThatBreaksIsAmbiguous() throws Exception {
        place.healthy = (fake, exchange, name) -> exchange.close();

        assertThat(caller.write("x").get()).isEqualTo(new Answer(Outcome.AMBIGUOUS, 0, "broken connection"));
    }

    @Test
    void aConnectionThatIsRefusedProvesThatNothingWasWritten() throws Exception {
        URI nobody;
        try (ServerSocket socket = new ServerSocket(0)) {
            nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
        try (Caller toNobody = new Caller(nobody, LOAD)) {
            assertThat(toNobody.write("x").get()).isEqualTo(new Answer(Outcome.NOT_WRITTEN, 0, "connection refused"));
        }
    }
}
