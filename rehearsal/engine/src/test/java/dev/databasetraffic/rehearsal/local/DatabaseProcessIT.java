package dev.databasetraffic.rehearsal.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.databases.Database;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a place can do to the database itself and to its name, seen by the service's callers. */
@Tag("long")
class DatabaseProcessIT {

    /** The service's deadline of 2 s, and what HTTP and a busy machine add to it. */
    private static final Duration FAILURE_BOUND = Duration.ofMillis(3500);

    /** Two seconds, and what a cold database needs for its first answer on a busy machine. */
    private static final Duration RECOVERY_BOUND = Duration.ofSeconds(6);

    @TempDir
    static Path logs;

    private static LocalPlace place;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        Path home = Path.of("..", "..").toAbsolutePath().normalize();
        place = Suite.open(new PlaceOptions(home, logs, 0, Duration.ofSeconds(1), Map.of(), line -> {})
                .withDatabase(TestDatabase.CHOICE));
    }

    @AfterAll
    static void stop() {
        if (place != null) {
            place.close();
        }
    }

    @AfterEach
    void heal() throws Exception {
        place.recallName();
        database().revive();
    }

    private static Database database() {
        return Objects.requireNonNull(place.database());
    }

    @Test
    void aCrashedDatabaseComesBackWithItsDocuments() throws Exception {
        assertThat(post("before-crash")).isEqualTo(201);

        database().kill();
        await().atMost(FAILURE_BOUND).until(() -> post("crashed") == 503);
        database().revive();

        await().atMost(RECOVERY_BOUND).until(() -> post("after-crash") == 201);
        assertThat(place.stored("before-crash")).containsEntry("before-crash", 1);
        assertThat(place.stored("crashed")).isEmpty();
        assertThat(place.notes()).allMatch(note -> note.startsWith("The database was"));
    }

    @Test
    void aForgottenNameHurtsWhenTheConnectionEnds() throws Exception {
        assertThat(post("before-names")).isEqualTo(201);

        place.forgetName();
        assertThat(post("connected")).isEqualTo(201);
        // Kills every connection, and with the name gone none can take its place.
        database().kill();
        database().revive();
        await().atMost(FAILURE_BOUND).until(() -> post("nameless") == 503);
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(6)).until(() -> post("nameless") == 503);
        place.recallName();

        await().atMost(RECOVERY_BOUND).until(() -> post("after-names") == 201);
    }

    private int post(String name) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(place.service().resolve("/plants"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"" + name + "\"}"))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
