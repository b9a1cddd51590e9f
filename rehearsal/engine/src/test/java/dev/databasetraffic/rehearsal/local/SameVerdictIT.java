package dev.databasetraffic.rehearsal.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.databases.firestore.FirestoreChoice;
import dev.databasetraffic.databases.firestore.NotReadyException;
import dev.databasetraffic.rehearsal.experiment.Check;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.experiment.Progress;
import dev.databasetraffic.rehearsal.experiment.Rehearsal;
import dev.databasetraffic.rehearsal.experiment.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One experiment, on the genuine emulator and on its stand-in. */
@Tag("long")
class SameVerdictIT {

    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();

    private static final Experiment EXPERIMENT = Suite.experiment()
            .with(
                    "A black hole is felt and got over",
                    Experiment.Fault.applied("istio/outage/black-hole.yaml"),
                    new Experiment.Phases(
                            Duration.ofSeconds(3),
                            Duration.ofSeconds(8),
                            Duration.ofSeconds(8),
                            Duration.ofSeconds(20)),
                    new Experiment.Load(20, 100, Duration.ofSeconds(10)),
                    // Times are wide: which machine this is must not make the difference.
                    new Experiment.Tolerances(
                            0.9, true, null, Duration.ofSeconds(10), null, Duration.ofSeconds(5), 0, 0, 0, 0));

    @TempDir
    Path folder;

    @Test
    void theVerdictDoesNotDependOnWhoServes() throws Exception {
        Run genuine = genuine();
        Run standIn = run(FirestoreChoice.EMBEDDED);

        assertThat(verdict(standIn))
                .as(() -> "genuine: " + genuine.checks() + " stand-in: " + standIn.checks())
                .isEqualTo(verdict(genuine))
                .containsEntry("writes-fail", Check.Result.HELD)
                .containsEntry("acknowledged-lost", Check.Result.HELD);
        assertThat(standIn.environment().get("Database")).contains("stand-in");
        assertThat(standIn.notes()).anySatisfy(note -> assertThat(note).contains("stand-in"));
        assertThat(genuine.environment().get("Database")).doesNotContain("stand-in");
    }

    private Run genuine() throws Exception {
        try {
            return run(FirestoreChoice.GENUINE);
        } catch (PlaceException e) {
            Assumptions.assumeFalse(
                    e.getCause() != null && e.getCause().getCause() instanceof NotReadyException,
                    "There is nothing to compare with. " + e.getMessage());
            throw e;
        }
    }

    private Run run(FirestoreChoice choice) throws Exception {
        Path logs = Files.createDirectory(folder.resolve(choice.name()));
        PlaceOptions options = new PlaceOptions(HOME, logs, 0, Duration.ofSeconds(1), Map.of(), line -> {});
        try (LocalPlace place = LocalPlace.open(options.withDatabase(choice.name()), EXPERIMENT, Suite.EXPERIMENTS)) {
            return new Rehearsal(EXPERIMENT, HOME.resolve("istio/outage/black-hole.yaml"), place, Progress.SILENT)
                    .run();
        }
    }

    private static Map<String, Check.Result> verdict(Run run) {
        return run.checks().stream().collect(Collectors.toMap(Check::id, Check::result));
    }
}
