package dev.databasetraffic.rehearsal.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.faults.Wire;
import dev.databasetraffic.kit.ThrowawayAuthority;
import dev.databasetraffic.rehearsal.experiment.Answer;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentException;
import dev.databasetraffic.rehearsal.experiment.Figures;
import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Phase;
import dev.databasetraffic.rehearsal.experiment.SampleRuns;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixReportTests {

    private static final Figures.Latency LATENCY =
            new Figures.Latency(7, Duration.ofMillis(12), Duration.ofMillis(345), Duration.ofMillis(400));

    @TempDir
    private Path folder;

    @Test
    void aRowSaysWhatCallersGotAndWhatBecameOfTheirWrites() {
        assertThat(report(row(Duration.ofMillis(900), 0, List.of())).markdown())
                .contains("| `silent` | nothing | cut | 10 s | 7 × 503 database-unavailable | 12 ms / 345 ms | 80 ms"
                        + " | 900 ms | 3 → 3 | 0, 0, 0 |")
                .contains("none of 1 rows");
    }

    @Test
    void whatWasNotSeenIsNotCalledZero() {
        String markdown =
                report(row(null, -1, List.of("no success after the outage"))).markdown();

        assertThat(markdown)
                .contains("| 80 ms | – | 3 → 3 | not read back |")
                .contains("- silent, cut, 10 s: no success after the outage");
    }

    @Test
    void theJsonHoldsTheSameInSeconds() throws Exception {
        report(row(Duration.ofMillis(900), 0, List.of())).write(folder.resolve("m.md"), folder.resolve("m.json"));

        JsonNode json = new ObjectMapper().readTree(folder.resolve("m.json").toFile());
        assertThat(json.path("rows").path(0).path("recover").asDouble()).isEqualTo(0.9);
        assertThat(json.path("rows").path(0).path("connections").asText()).isEqualTo("CUT");
    }

    @Test
    void aFaultThatKnowsOneWayWithConnectionsIsRehearsedThatWay() throws Exception {
        Plan plan = new Plan(List.of(), List.of(), Set.of(Connections.CUT), List.of(), 1);
        InetSocketAddress nowhere = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        try (Wire wire = Wire.start(nowhere, nowhere, ThrowawayAuthority.create(), "database.example", path -> false)) {
            List<Trouble> all = Troubles.of(wire);

            assertThat(all.stream().filter(trouble -> plan.wants(trouble, Connections.LEFT)))
                    .as("they cannot be cut and still be themselves")
                    .extracting(Trouble::name)
                    .containsExactly("frozen", "left-frozen");
            assertThat(all.stream().filter(trouble -> plan.wants(trouble, Connections.CUT)))
                    .hasSize(all.size() - 2);
        }
    }

    private static MatrixReport report(Row row) {
        return new MatrixReport(
                "./rehearse matrix",
                Map.of("Java", "17"),
                new MatrixReport.Subject("plants", "firestore.googleapis.com", "Firestore emulator"),
                Map.of("guarded", "everything on"),
                SampleRuns.held().run().experiment().tolerances(),
                List.of(row));
    }

    private static Row row(@Nullable Duration recover, int stored, List<String> defects) {
        Answer answer = new Answer(Outcome.NOT_WRITTEN, 503, "urn:problem:plants:database-unavailable", true);
        return new Row(
                "guarded",
                "silent",
                "nothing",
                Connections.CUT,
                Duration.ofSeconds(10),
                100,
                List.of(new Figures.AnswerFigures(Phase.OUTAGE, answer, LATENCY)),
                LATENCY,
                Duration.ofMillis(80),
                recover,
                stored,
                stored,
                stored,
                3,
                3,
                defects);
    }

    @Test
    void whatAServiceSaysIsNoMarkup() {
        Row row = row(Duration.ofMillis(900), 0, List.of());
        Answer answer = new Answer(Outcome.NOT_WRITTEN, 503, "a | b <img src=x> `c`", true);
        Row said = new Row(
                row.client(),
                row.fault(),
                row.seen(),
                row.connections(),
                row.outage(),
                row.acknowledged(),
                List.of(new Figures.AnswerFigures(Phase.OUTAGE, answer, LATENCY)),
                row.failures(),
                row.firstFailure(),
                row.recover(),
                row.lost(),
                row.duplicates(),
                row.phantoms(),
                row.unknown(),
                row.settled(),
                row.defects());

        assertThat(report(said).markdown()).contains("| 7 × 503 a \\| b \\<img src=x\\> \\`c\\` |");
    }

    @Test
    void whatTheMatrixCallsAClientOfItsOwnNoServiceMayBeCalled() throws Exception {
        Experiment experiment = SampleRuns.held().run().experiment();

        assertThat(Client.of(experiment)).extracting(Client::id).containsExactly("shop", "grpc", "grpc-guarded");
        assertThatThrownBy(() -> Client.of(withVariant(experiment, "grpc")))
                .isInstanceOf(ExperimentException.class)
                .hasMessageContaining("The matrix has a client grpc of its own");
    }

    private static Experiment withVariant(Experiment base, String name) {
        return new Experiment(
                base.title(),
                base.service(),
                base.operation(),
                base.database(),
                base.mesh(),
                Map.of(name, new Experiment.Variant("one", null, null, null)),
                base.fault(),
                base.phases(),
                base.load(),
                base.tolerances());
    }
}
