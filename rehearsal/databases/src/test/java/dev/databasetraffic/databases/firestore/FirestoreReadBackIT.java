package dev.databasetraffic.databases.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.databasetraffic.databases.firestore.junit.FirestoreEmulatorExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FirestoreReadBackIT {

    private static final String PROJECT = "read-back";

    /** What Firestore takes in one commit. */
    private static final int MOST_WRITES = 500;

    @RegisterExtension
    static final FirestoreEmulatorExtension firestore = new FirestoreEmulatorExtension();

    private final HttpClient http = HttpClient.newHttpClient();
    private URI emulator = URI.create("http://unset");

    @BeforeEach
    void clear() throws IOException {
        emulator = URI.create("http://" + firestore.host() + ":" + firestore.port());
        firestore.clear(PROJECT);
    }

    @Test
    void everyDocumentIsCountedOnceAcrossPages() throws Exception {
        // Twice as many names as a page holds, each stored twice: pages begin between equal names.
        store(IntStream.range(0, 2 * FirestoreReadBack.PAGE_SIZE + 1)
                .mapToObj(i -> "run-" + i / 2)
                .toList());
        store(List.of("other", "ruo", "ru"));

        assertThat(readBack().count("run-"))
                .hasSize(FirestoreReadBack.PAGE_SIZE + 1)
                .containsEntry("run-0", 2)
                .containsEntry("run-" + (FirestoreReadBack.PAGE_SIZE - 1), 2)
                .containsEntry("run-" + FirestoreReadBack.PAGE_SIZE, 1)
                .doesNotContainKeys("other", "ruo", "ru");
    }

    @Test
    void namesOfAnyScriptAreFoundByTheirPrefix() throws Exception {
        store(List.of("🌻-1", "🌻-\uD83C\uDF3C", "🌼-1", "ö"));

        assertThat(readBack().count("🌻")).containsOnlyKeys("🌻-1", "🌻-🌼");
    }

    @Test
    void anEmptyDatabaseHoldsNothing() throws EmulatorException {
        assertThat(readBack().count("run-")).isEmpty();
    }

    @Test
    void aDatabaseThatDoesNotAnswerIsAnErrorNotAnEmptyAnswer() {
        assertThatThrownBy(() -> new FirestoreReadBack(URI.create("http://127.0.0.1:1"), PROJECT, "plants", "name")
                        .count("run-"))
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining("could not be read back");
    }

    private FirestoreReadBack readBack() {
        return new FirestoreReadBack(emulator, PROJECT, "plants", "name");
    }

    private void store(List<String> names) throws IOException, InterruptedException {
        String documents = "projects/" + PROJECT + "/databases/(default)/documents";
        for (int from = 0; from < names.size(); from += MOST_WRITES) {
            List<String> some = names.subList(from, Math.min(names.size(), from + MOST_WRITES));
            int first = from;
            String writes = IntStream.range(0, some.size())
                    .mapToObj(i -> """
                            {"update": {"name": "%s/plants/%s-%d",
                                        "fields": {"name": {"stringValue": "%s"}}}}
                            """.formatted(documents, names.size(), first + i, some.get(i)))
                    .collect(Collectors.joining(", "));
            HttpRequest request = HttpRequest.newBuilder(emulator.resolve("/v1/" + documents + ":commit"))
                    .header("Authorization", "Bearer owner")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"writes\": [" + writes + "]}"))
                    .build();
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }
}
