package dev.databasetraffic.databases.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.MapValue;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import dev.databasetraffic.databases.firestore.differential.BareClient;
import dev.databasetraffic.databases.firestore.junit.FirestoreEmulatorExtension;
import io.grpc.Status;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FirestoreReadBackIT {

    private static final String PROJECT = "read-back";

    /** What Firestore takes in one commit. */
    private static final int MOST_WRITES = 500;

    private static final int NAMES = 1000;

    @RegisterExtension
    static final FirestoreEmulatorExtension firestore = new FirestoreEmulatorExtension();

    private URI emulator = URI.create("http://unset");

    @BeforeEach
    void clear() throws IOException {
        emulator = URI.create("http://" + firestore.host() + ":" + firestore.port());
        firestore.clear(PROJECT);
    }

    @Test
    void everyDocumentIsCountedOnce() throws Exception {
        // But for the last, each name twice.
        store(IntStream.range(0, 2 * NAMES + 1).mapToObj(i -> "run-" + i / 2).toList());
        store(List.of("other", "ruo", "ru"));

        assertThat(readBack().count("run-"))
                .hasSize(NAMES + 1)
                .containsEntry("run-0", 2)
                .containsEntry("run-" + (NAMES - 1), 2)
                .containsEntry("run-" + NAMES, 1)
                .doesNotContainKeys("other", "ruo", "ru");
    }

    @Test
    void namesOfAnyScriptAreFoundByTheirPrefix() throws Exception {
        store(List.of("🌻-1", "🌻-\uD83C\uDF3C", "🌼-1", "ö"));

        assertThat(readBack().count("🌻")).containsOnlyKeys("🌻-1", "🌻-🌼");
    }

    @Test
    void aFieldOfAMapIsFoundByItsPath() throws Exception {
        Value plant = Value.newBuilder()
                .setMapValue(MapValue.newBuilder()
                        .putFields(
                                "name",
                                Value.newBuilder().setStringValue("run-1").build()))
                .build();
        try (BareClient database = new BareClient(firestore.host(), firestore.port())) {
            CommitRequest commit = CommitRequest.newBuilder()
                    .setDatabase("projects/" + PROJECT + "/databases/(default)")
                    .addWrites(Write.newBuilder()
                            .setUpdate(Document.newBuilder()
                                    .setName("projects/" + PROJECT + "/databases/(default)/documents/plants/1")
                                    .putFields("plant", plant)))
                    .build();
            assertThat(database.call(commit).code()).isEqualTo(Status.Code.OK);
        }

        assertThat(new FirestoreReadBack(emulator, PROJECT, "plants", "plant.name").count("run-"))
                .containsExactly(Map.entry("run-1", 1));
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

    private void store(List<String> names) {
        String documents = "projects/" + PROJECT + "/databases/(default)/documents";
        try (BareClient database = new BareClient(firestore.host(), firestore.port())) {
            for (int from = 0; from < names.size(); from += MOST_WRITES) {
                CommitRequest.Builder commit =
                        CommitRequest.newBuilder().setDatabase("projects/" + PROJECT + "/databases/(default)");
                for (int i = from; i < Math.min(names.size(), from + MOST_WRITES); i++) {
                    commit.addWrites(Write.newBuilder()
                            .setUpdate(Document.newBuilder()
                                    .setName(documents + "/plants/" + names.size() + "-" + i)
                                    .putFields(
                                            "name",
                                            Value.newBuilder()
                                                    .setStringValue(names.get(i))
                                                    .build())));
                }
                assertThat(database.call(commit.build()).code()).isEqualTo(Status.Code.OK);
            }
        }
    }
}
