package dev.databasetraffic.plants.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.databases.firestore.junit.FirestoreEmulatorExtension;
import dev.databasetraffic.plants.outage.FaultyFirestore.Fault;
import dev.databasetraffic.plants.outage.RunningPlants.Answer;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AmbiguityIT {

    private static final int AMBIGUOUS = 1000;
    private static final int CALLERS = 8;
    private static final Fault LOST = new Fault.AnswerLost(Status.UNAVAILABLE.withDescription("lost"));

    @RegisterExtension
    static final FirestoreEmulatorExtension firestore = new FirestoreEmulatorExtension();

    @TempDir
    static Path folder;

    private static final String PROJECT =
            "ambiguity-" + UUID.randomUUID().toString().substring(0, 8);
    private static FaultyFirestore relay;
    private static RunningPlants plants;

    private final String name = "plant-" + UUID.randomUUID();
    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void startHealthy() {
        relay = new FaultyFirestore(firestore, folder);
        plants = relay.start(PROJECT);
        assertThat(plants.add("healthy").status()).isEqualTo(201);
        relay.countCalls();
    }

    @AfterEach
    void recover() {
        relay.allWrites(null);
        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .until(() -> plants.add("recovered-" + UUID.randomUUID()).acknowledged());
        relay.countCalls();
    }

    @AfterAll
    static void stop() {
        plants.close();
        relay.close();
    }

    @Test
    void recognisesItsOwnWriteWhenTheReplyWasLost() throws Exception {
        relay.nextWrites(LOST);
        Answer answer = plants.add(name);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(relay.countCalls()).isEqualTo(2);
        assertThat(plants.get("/plants/" + answer.text("id")).text("createdAt")).isEqualTo(answer.text("createdAt"));
        assertStoredOnce();
    }

    /** The answer to each write's first commit is lost, and its caller repeats it until it is acknowledged. */
    @Test
    void answersAThousandAmbiguousCommitsRight() throws Exception {
        relay.allWrites(new Fault.FirstAnswerLost(Status.UNAVAILABLE));
        Queue<Integer> open = new ConcurrentLinkedQueue<>(
                IntStream.range(0, AMBIGUOUS).boxed().toList());
        Map<Integer, String> ids = new ConcurrentHashMap<>();
        List<CompletableFuture<Void>> callers = Stream.generate(() -> CompletableFuture.runAsync(() -> {
                    for (Integer n = open.poll(); n != null; n = open.poll()) {
                        ids.put(n, acknowledged(name + "-" + n, key + "-" + n).text("id"));
                    }
                }))
                .limit(CALLERS)
                .toList();
        callers.forEach(CompletableFuture::join);

        assertThat(relay.unanswered().stream().filter(lost -> lost.startsWith(name)))
                .hasSize(AMBIGUOUS);
        assertThat(new HashSet<>(ids.values())).hasSize(AMBIGUOUS);
        assertThat(stored().stream().filter(plant -> plant.startsWith(name)))
                .hasSize(AMBIGUOUS)
                .doesNotHaveDuplicates();
    }

    /** Asks until it gets the plant; until then, each answer must be the truth about its own request. */
    private static Answer acknowledged(String plant, String plantKey) {
        while (true) {
            boolean wasSent = relay.unanswered().contains(plant);
            Answer answer = plants.addWithKey(plant, plantKey);
            if (answer.acknowledged()) {
                return answer;
            }
            assertThat(answer.status()).isIn(503, 504);
            if (answer.status() == 503 && !wasSent) {
                assertThat(relay.unanswered()).as("reported as not written").doesNotContain(plant);
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    @Test
    void saysUnknownWhenNoReplyComesAndTheSameKeySettlesIt() throws Exception {
        relay.allWrites(LOST);
        Answer unknown = plants.addWithKey(name, key);
        assertThat(unknown.status()).isEqualTo(504);
        assertThat(unknown.text("type")).isEqualTo("urn:problem:plants:outcome-unknown");
        assertThat(unknown.text("outcome")).isEqualTo("unknown");
        assertThat(unknown.took()).isLessThan(RunningPlants.ANSWER_BOUND);
        relay.allWrites(null);

        Awaitility.await()
                .atMost(Duration.ofSeconds(2))
                .until(() -> plants.addWithKey(name, key).acknowledged());
        assertStoredOnce();
    }

    @Test
    void saysUnknownWhenASentWriteIsNeverAnswered() throws Exception {
        relay.allWrites(new Fault.Silent());
        Answer unknown = plants.add(name);
        assertThat(unknown.status()).isEqualTo(504);
        assertThat(unknown.took()).isBetween(RunningPlants.DEADLINE.minusMillis(100), RunningPlants.ANSWER_BOUND);
        assertThat(stored()).doesNotContain(name);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"PERMISSION_DENIED", "UNAUTHENTICATED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED"})
    void saysNotWrittenWhenTheDatabaseRefuses(Status.Code code) throws Exception {
        relay.nextWrites(new Fault.Refused(code.toStatus().withDescription("secret words of the database")));
        Answer refused = plants.add(name);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.text("outcome")).isEqualTo("not-written");
        assertThat(refused.body().toString()).doesNotContain("secret").doesNotContain(code.name());
        assertThat(relay.countCalls()).isEqualTo(1);
        assertThat(stored()).doesNotContain(name);
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.Code.class,
            names = {"INTERNAL", "UNKNOWN", "CANCELLED", "DEADLINE_EXCEEDED"})
    void saysUnknownWhenTheAnswerDoesNotTell(Status.Code code) {
        relay.nextWrites(new Fault.AnswerLost(code.toStatus()));
        assertThat(plants.add(name).status()).isEqualTo(504);
    }

    @Test
    void addsOnePlantFor50IdenticalRequestsAtOnce() throws Exception {
        List<CompletableFuture<Answer>> callers = IntStream.range(0, 50)
                .mapToObj(i -> plants.addLater(name, "Idempotency-Key", key))
                .toList();
        assertThat(callers)
                .allSatisfy(caller -> assertThat(caller.join().status()).isEqualTo(201));
        assertThat(callers.stream().map(caller -> caller.join().body()).distinct())
                .hasSize(1);
        assertStoredOnce();
    }

    @Test
    void refusesAnotherBodyUnderTheSameKey() throws Exception {
        assertThat(plants.addWithKey(name, key).status()).isEqualTo(201);
        assertThat(plants.addWithKey(name + "-other", key).status()).isEqualTo(422);
        assertStoredOnce();
        assertThat(stored()).doesNotContain(name + "-other");
    }

    @Test
    void doesNotBringBackAPlantThatWasDeleted() throws Exception {
        String id = plants.addWithKey(name, key).text("id");
        assertThat(plants.delete(id).status()).isEqualTo(204);
        assertThat(plants.addWithKey(name, key).status()).isEqualTo(410);
        assertThat(plants.get("/plants/" + id).status()).isEqualTo(404);
        assertThat(stored()).doesNotContain(name);
    }

    @Test
    void recognisesItsOwnDeletionWhenTheReplyWasLost() throws Exception {
        String id = plants.add(name).text("id");
        relay.countCalls();
        relay.nextWrites(LOST);
        assertThat(plants.delete(id).status()).isEqualTo(204);
        assertThat(relay.countCalls()).isEqualTo(2);
        assertThat(stored()).doesNotContain(name);
        assertThat(plants.delete(id).status()).isEqualTo(204);
    }

    @Test
    void listsEveryPlantOnceOverItsPages() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(plants.add(name + "-" + i).status()).isEqualTo(201);
        }
        List<String> listed = new ArrayList<>();
        String next = "/plants?pageSize=2";
        while (next != null) {
            Answer page = plants.get(next);
            assertThat(page.status()).isEqualTo(200);
            page.body()
                    .path("plants")
                    .forEach(plant -> listed.add(plant.path("name").asString()));
            next = page.text("nextPageToken").isEmpty()
                    ? null
                    : "/plants?pageSize=2&pageToken=" + page.text("nextPageToken");
        }
        assertThat(listed).containsExactlyInAnyOrderElementsOf(stored());
    }

    private void assertStoredOnce() throws Exception {
        assertThat(Collections.frequency(stored(), name)).isEqualTo(1);
    }

    private static List<String> stored() throws Exception {
        return RunningPlants.storedNames(firestore.host(), firestore.port(), PROJECT);
    }
}
