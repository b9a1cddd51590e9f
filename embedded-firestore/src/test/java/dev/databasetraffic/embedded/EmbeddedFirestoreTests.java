package dev.databasetraffic.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.core.ApiFuture;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.cloud.firestore.CollectionReference;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.firestore.Query;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Through the client library, as applications use it. */
class EmbeddedFirestoreTests {

    private static final String PROJECT = "test-project";

    private static EmbeddedFirestore server;
    private static Firestore client;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedFirestore.start(EmbeddedFirestoreOptions.defaults());
        client = FirestoreOptions.newBuilder()
                .setProjectId(PROJECT)
                .setEmulatorHost(server.address())
                .build()
                .getService();
    }

    @AfterAll
    static void end() throws Exception {
        client.close();
        server.close();
    }

    @BeforeEach
    void clear() {
        server.clear(PROJECT);
    }

    @Test
    void documentsAreCreatedReadQueriedListedAndDeleted() throws Exception {
        CollectionReference plants = client.collection("plants");
        plants.document("rose")
                .create(Map.of("height", 80, "at", FieldValue.serverTimestamp()))
                .get();
        plants.document("oak").set(Map.of("height", 3000)).get();
        plants.document("oak").update("kind", "tree").get();
        client.batch()
                .set(plants.document("oak").collection("leaves").document("1"), Map.of())
                .commit()
                .get();

        assertThat(plants.document("oak").get().get().getData()).isEqualTo(Map.of("height", 3000L, "kind", "tree"));
        assertThat(plants.whereGreaterThan("height", 50)
                        .orderBy("height", Query.Direction.DESCENDING)
                        .get()
                        .get()
                        .getDocuments())
                .extracting(document -> document.getId())
                .containsExactly("oak", "rose");
        assertThat(plants.listDocuments()).extracting(DocumentReference::getId).containsExactly("oak", "rose");
        assertThat(client.listCollections())
                .extracting(CollectionReference::getId)
                .containsExactly("plants");
        assertThat(client.getAll(plants.document("rose"), plants.document("none"))
                        .get())
                .extracting(document -> document.exists())
                .containsExactly(true, false);

        plants.document("rose").delete().get();
        assertThat(plants.document("rose").get().get().exists()).isFalse();
    }

    @Test
    void transactionsThatMeetAreRepeatedUntilEachIsDone() throws Exception {
        DocumentReference counter = client.collection("counters").document("1");
        counter.set(Map.of("n", 0)).get();
        List<ApiFuture<Long>> increments = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            increments.add(client.runTransaction(transaction -> {
                long next = transaction.get(counter).get().getLong("n") + 1;
                transaction.update(counter, "n", next);
                return next;
            }));
        }

        for (ApiFuture<Long> increment : increments) {
            increment.get(60, TimeUnit.SECONDS);
        }
        assertThat(counter.get().get().getLong("n")).isEqualTo(5);
    }

    @Test
    void whatItDoesNotDoItRefusesByName() {
        assertThatThrownBy(() -> client.collection("plants").count().get().get())
                .hasCauseInstanceOf(UnimplementedException.class)
                .hasMessageContaining(
                        "google.firestore.v1.Firestore/RunAggregationQuery is not among what the embedded");

        CompletableFuture<String> refusal = new CompletableFuture<>();
        client.collection("plants").addSnapshotListener((value, error) -> refusal.complete(String.valueOf(error)));
        assertThat(refusal)
                .succeedsWithin(java.time.Duration.ofSeconds(20))
                .asString()
                .contains("google.firestore.v1.Firestore/Listen");
    }

    @Test
    void whatIsStoredOutlivesACrash() throws Exception {
        DocumentReference plant = client.collection("plants").document("rose");
        plant.set(Map.of("height", 80)).get();
        int port = server.port();

        server.crash();
        assertThatThrownBy(() -> {
                    try (EmbeddedFirestore other = EmbeddedFirestore.start(
                            EmbeddedFirestoreOptions.defaults().withPort(port))) {
                        throw new IllegalStateException("the port " + other.port() + " is free, as it should be");
                    }
                })
                .hasMessageContaining("is free");
        server.revive();

        assertThat(server.port()).isEqualTo(port);
        assertThat(plant.get().get().getLong("height")).isEqualTo(80);
    }

    @Test
    void aPortThatIsTakenIsAnError() {
        assertThatThrownBy(() -> EmbeddedFirestore.start(
                        EmbeddedFirestoreOptions.defaults().withPort(server.port())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(String.valueOf(server.port()));
    }
}
