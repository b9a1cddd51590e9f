package dev.databasetraffic.plants.outage;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.databases.firestore.junit.FirestoreEmulatorExtension;
import dev.databasetraffic.plants.outage.RunningPlants.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** More callers than the service takes on, while the database takes every call and answers none. */
@Tag("long")
class TooManyCallersIT {

    private static final int LIMIT = 20;
    private static final int CALLERS = 100;

    /** A request makes room a moment after its answer. */
    private static final int STILL_ENDING = 2;

    private static final String PROJECT = "many-" + UUID.randomUUID().toString().substring(0, 8);
    private static final Predicate<Answer> OVERLOADED =
            answer -> answer.text("type").equals("urn:problem:plants:overloaded");

    /** At once, or after max-wait; the others wait for the deadline. */
    private static final Duration SOON = RunningPlants.DEADLINE.dividedBy(2);

    private static final Duration RECOVERY_BOUND = Duration.ofSeconds(2);

    @RegisterExtension
    static final FirestoreEmulatorExtension firestore = new FirestoreEmulatorExtension();

    @TempDir
    static Path folder;

    private static FaultyFirestore relay;
    private static RunningPlants plants;

    @BeforeAll
    static void startHealthy() {
        relay = new FaultyFirestore(firestore, folder);
        plants = relay.start(PROJECT, "plants.http.max-requests=" + LIMIT);
    }

    @AfterAll
    static void stop() {
        plants.close();
        relay.close();
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void thoseBeyondTheLimitAreToldSoonAndTheOthersAsEver() throws Exception {
        // More than the limit in all: each makes room again for another.
        for (int i = 0; i < 2 * LIMIT; i++) {
            assertThat(plants.add("healthy-" + i).acknowledged()).isTrue();
        }

        relay.silent(true);
        List<Answer> answers = ask("hole-");
        assertThat(answers.stream().filter(OVERLOADED))
                .hasSizeBetween(CALLERS - LIMIT, CALLERS - LIMIT + STILL_ENDING)
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(503);
                    assertThat(answer.text("outcome")).isEqualTo("not-written");
                    assertThat(answer.took()).isLessThan(SOON);
                });
        assertThat(answers.stream().filter(not(OVERLOADED))).allSatisfy(answer -> {
            assertThat(answer.status()).isIn(503, 504);
            assertThat(answer.took()).isLessThan(RunningPlants.ANSWER_BOUND);
        });

        relay.silent(false);
        Awaitility.await()
                .atMost(RECOVERY_BOUND)
                .until(() -> plants.add("after").acknowledged());
        assertThat(ask("later-")).allMatch(answer -> answer.acknowledged() || OVERLOADED.test(answer));
        assertThat(RunningPlants.storedNames(firestore.host(), firestore.port(), PROJECT))
                .filteredOn(name -> name.startsWith("hole-"))
                .isEmpty();
    }

    /** All at the same time. */
    private static List<Answer> ask(String name) {
        List<CompletableFuture<Answer>> answers = IntStream.range(0, CALLERS)
                .mapToObj(i -> plants.addLater(name + i))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }
}
