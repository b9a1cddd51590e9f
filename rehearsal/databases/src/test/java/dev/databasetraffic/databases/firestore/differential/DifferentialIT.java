package dev.databasetraffic.databases.firestore.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.databasetraffic.databases.firestore.EmulatorException;
import dev.databasetraffic.databases.firestore.EmulatorOptions;
import dev.databasetraffic.databases.firestore.FirestoreEmulator;
import dev.databasetraffic.databases.firestore.Genuine;
import dev.databasetraffic.embedded.EmbeddedFirestore;
import dev.databasetraffic.embedded.EmbeddedFirestoreOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Makes the same calls to the genuine emulator and to the stand-in, and compares every answer.
 *
 * <p>{@code -Ddifferential.operations=N} makes so many, {@code -Ddifferential.seed=S} those of an earlier run, 0 some that
 * nobody has made before. By default a build makes those of every build, so that it does not fail for what it did not change.
 */
@Tag("long")
class DifferentialIT {

    private static final int OPERATIONS = 10_000;
    private static final long SEED = 338_907_388;
    private static final int PROGRAM = 200;
    private static final int REPORTED = 20;

    /** The genuine emulator's answers are mostly waited for: it gives up a lock after two seconds and more. */
    private static final int AT_ONCE = 16;

    private static final List<String> REQUESTS = List.of(
            "GetDocumentRequest",
            "BatchGetDocumentsRequest",
            "ListDocumentsRequest",
            "ListCollectionIdsRequest",
            "RunQueryRequest",
            "CommitRequest",
            "BatchWriteRequest",
            "CreateDocumentRequest",
            "UpdateDocumentRequest",
            "DeleteDocumentRequest",
            "RollbackRequest");
    private static final int SHOWN = 10;

    @Test
    void theStandInAnswersAsTheGenuineEmulator() throws IOException {
        int operations = Integer.getInteger("differential.operations", OPERATIONS);
        long asked = Long.getLong("differential.seed", SEED);
        long seed = asked == 0 ? new Random().nextInt(Integer.MAX_VALUE) : asked;
        System.out.printf("-Ddifferential.seed=%d%n", seed);
        Score score = new Score();
        Queue<String> differences = new ConcurrentLinkedQueue<>();
        AtomicInteger programs = new AtomicInteger();
        try (FirestoreEmulator emulator = genuine();
                EmbeddedFirestore embedded = EmbeddedFirestore.start(
                        EmbeddedFirestoreOptions.defaults().withLockWait(Duration.ofMillis(50)));
                BareClient genuine = new BareClient(emulator.host(), emulator.port());
                BareClient standIn = new BareClient(embedded.host(), embedded.port())) {
            String run = Long.toString(seed, 36);
            CompletableFuture.allOf(IntStream.range(0, AT_ONCE)
                            .mapToObj(worker -> CompletableFuture.runAsync(
                                    () -> {
                                        Comparison comparison = new Comparison(genuine, standIn, run + "-" + worker);
                                        while (score.operations() < operations && differences.size() < SHOWN) {
                                            int program = programs.getAndIncrement();
                                            compare(comparison, RandomProgram.of(seed + program, PROGRAM), score)
                                                    .ifPresent(differences::add);
                                            if (program % REPORTED == 0) {
                                                System.out.printf(
                                                        "%d of %d operations%n", score.operations(), operations);
                                            }
                                        }
                                    },
                                    task -> new Thread(task, "comparison-" + worker).start()))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
        System.out.printf("-Ddifferential.seed=%d: %s%n", seed, score);
        assertThat(differences)
                .withFailMessage(() -> "differential.seed=" + seed + "\n" + String.join("\n\n", differences))
                .isEmpty();
        assertThat(score.answers().keySet())
                .as("every call was carried out, and refused too")
                .containsAll(REQUESTS.stream().map(request -> request + " OK").toList())
                .containsAll(REQUESTS.stream()
                        .map(request -> request + " INVALID_ARGUMENT")
                        .toList())
                .contains("RunQueryRequest OK with documents", "ListDocumentsRequest OK with documents")
                .contains("CommitRequest ALREADY_EXISTS", "CommitRequest FAILED_PRECONDITION", "CommitRequest ABORTED");
    }

    private static Optional<String> compare(Comparison comparison, List<Message> program, Score score) {
        return comparison
                .firstDifference(program, score)
                .map(difference -> described(comparison, program.subList(0, difference.at() + 1)));
    }

    private static String described(Comparison comparison, List<Message> program) {
        List<Message> shrunk = comparison.shrink(program);
        Optional<Comparison.Difference> again = comparison.firstDifference(shrunk, new Score());
        return shrunk.subList(0, shrunk.size() - 1).stream()
                        .map(request ->
                                "after " + request.getDescriptorForType().getName() + "\n  "
                                        + Comparison.printed(request) + "\n")
                        .collect(Collectors.joining())
                + again.map(Comparison.Difference::toString).orElse("a difference that did not come again");
    }

    private static FirestoreEmulator genuine() throws EmulatorException {
        Genuine.assumeReady();
        return FirestoreEmulator.start(EmulatorOptions.defaults().withMaxHeap("1g"));
    }
}
