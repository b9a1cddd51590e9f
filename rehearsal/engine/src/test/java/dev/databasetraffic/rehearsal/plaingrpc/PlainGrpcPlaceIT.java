package dev.databasetraffic.rehearsal.plaingrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.faults.Fault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The plain service as the matrix uses it: healthy, broken, told of truly, healthy again. */
@Tag("long")
class PlainGrpcPlaceIT {

    private static final Duration BACK_WITHIN = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final PlainGrpcPlace place;

    PlainGrpcPlaceIT() throws Exception {
        place = PlainGrpcPlace.open(true);
    }

    @AfterEach
    void stop() {
        place.close();
    }

    @Test
    void aWriteThatFindsNoConnectionIsNotWrittenAndTheServiceIsBackAtOnce() throws Exception {
        healthy("refused");
        Fault refused = place.wire().fault("refused");
        place.wire().inject(refused, Connections.CUT);
        await().until(() -> write("away").body().contains("\"not-written\""));
        await().during(Duration.ofSeconds(5)).until(() -> write("away").statusCode() == 503);
        assertThat(place.stored("away")).isEmpty();

        place.wire().remove(refused);
        await().atMost(BACK_WITHIN)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> write("back").statusCode() == 201);
        assertThat(place.stored("back")).isEqualTo(Map.of("back", 1));
    }

    @Test
    void aWriteWhoseReplyIsLostIsUnknownAndThere() throws Exception {
        healthy("reply-lost");
        Fault lost = place.wire().fault("reply-lost");
        place.wire().inject(lost, Connections.LEFT);
        HttpResponse<String> answer = write("lost");
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("outcome-unknown");
        assertThat(place.stored("lost")).isEqualTo(Map.of("lost", 1));

        place.wire().remove(lost);
        await().atMost(BACK_WITHIN).until(() -> write("lost").statusCode() == 201);
        assertThat(place.stored("lost")).isEqualTo(Map.of("lost", 1));
    }

    @Test
    void aWriteThatIsRefusedIsNotWritten() {
        healthy("permission-denied");
        place.wire().inject(place.wire().fault("permission-denied"), Connections.LEFT);
        HttpResponse<String> answer = write("denied");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("database-refused", "not-written");
        assertThat(place.stored("denied")).isEmpty();
    }

    private void healthy(String fault) {
        place.wire().prepare(place.wire().fault(fault));
        await().until(() -> write("healthy").statusCode() == 201);
    }

    private HttpResponse<String> write(String note) {
        URI plants = place.service().resolve("/notes");
        return http.sendAsync(
                        HttpRequest.newBuilder(plants)
                                .header("Idempotency-Key", note)
                                .POST(HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .join();
    }
}
