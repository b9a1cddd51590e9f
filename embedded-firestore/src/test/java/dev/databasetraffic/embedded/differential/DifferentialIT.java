package dev.databasetraffic.embedded.differential;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.databasetraffic.databases.firestore.EmulatorException;
import dev.databasetraffic.databases.firestore.EmulatorOptions;
import dev.databasetraffic.databases.firestore.FirestoreEmulator;
import dev.databasetraffic.embedded.EmbeddedFirestore;
import dev.databasetraffic.embedded.EmbeddedFirestoreOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the same calls to the genuine emulator and to the stand-in, and compares every answer.
 *
 * <p>{@code -Ddifferential.operations=N} makes so many, {@code -Ddifferential.seed=S} those of an earlier run.
 */
class DifferentialIT {

    private static final Logger LOG = LoggerFactory.getLogger(DifferentialIT.class);
    private static final int PROGRAM = 400;
    private static final int REPORTED = 20;
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
        Assumptions.assumeTrue(
                System.getProperty("differential.operations") != null,
                "This comparison runs when it is asked for, with -Ddifferential.operations=10000");
        int operations = Integer.getInteger("differential.operations");
        long seed = Long.getLong("differential.seed", new Random().nextInt(Integer.MAX_VALUE));
        LOG.info("differential.seed is {}", seed);
        Tally tally = new Tally();
        List<String> differences = new ArrayList<>();
        try (FirestoreEmulator emulator = genuine();
                EmbeddedFirestore embedded = EmbeddedFirestore.start(
                        EmbeddedFirestoreOptions.defaults().withLockWait(Duration.ofMillis(50)));
                Endpoint genuine = new Endpoint(emulator.host(), emulator.port());
                Endpoint standIn = new Endpoint(embedded.host(), embedded.port())) {
            Comparison comparison = new Comparison(genuine, standIn, Long.toString(seed, 36));
            for (int i = 0; tally.operations() < operations && differences.size() < SHOWN; i++) {
                List<Message> program = RandomProgram.of(seed + i, PROGRAM);
                comparison
                        .firstDifference(program, tally)
                        .map(difference -> described(comparison, program.subList(0, difference.at() + 1)))
                        .ifPresent(differences::add);
                if (i % REPORTED == 0) {
                    LOG.info("{} of {} operations", tally.operations(), operations);
                }
            }
        }
        LOG.info("differential.seed={}: {}", seed, tally);
        assertThat(differences)
                .withFailMessage(() -> "differential.seed=" + seed + "\n" + String.join("\n\n", differences))
                .isEmpty();
        assertThat(tally.answers().keySet())
                .as("every call was carried out, and refused too")
                .containsAll(REQUESTS.stream().map(request -> request + " OK").toList())
                .containsAll(REQUESTS.stream()
                        .map(request -> request + " INVALID_ARGUMENT")
                        .toList())
                .contains("RunQueryRequest OK with documents", "ListDocumentsRequest OK with documents")
                .contains("CommitRequest ALREADY_EXISTS", "CommitRequest FAILED_PRECONDITION", "CommitRequest ABORTED");
    }

    private static String described(Comparison comparison, List<Message> program) {
        List<Message> shrunk = comparison.shrink(program);
        Optional<Comparison.Difference> again = comparison.firstDifference(shrunk, new Tally());
        return shrunk.subList(0, shrunk.size() - 1).stream()
                        .map(request ->
                                "after " + request.getDescriptorForType().getName() + "\n  "
                                        + Comparison.printed(request) + "\n")
                        .collect(Collectors.joining())
                + again.map(Comparison.Difference::toString).orElse("a difference that did not come again");
    }

    private static FirestoreEmulator genuine() {
        try {
            return FirestoreEmulator.start(EmulatorOptions.defaults().withMaxHeap("1g"));
        } catch (EmulatorException e) {
            return Assumptions.abort("There is no genuine emulator to compare with: " + e.getMessage());
        }
    }
}
