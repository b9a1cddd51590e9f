package dev.databasetraffic.rehearsal.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class SoakTests {

    private static final int CYCLES = 2;

    @Test
    void everyOutageIsFeltAndEveryWriteAccountedFor() {
        Run run = soak(new FakePlace());

        assertThat(run.broken()).isEmpty();
        assertThat(run.held()).isTrue();
        assertThat(run.spans())
                .extracting(Phase.Span::phase)
                .containsExactly(Phase.STEADY, Phase.OUTAGE, Phase.RECOVERY, Phase.OUTAGE, Phase.RECOVERY);
        assertThat(run.figures().phases())
                .filteredOn(phase -> phase.phase() == Phase.OUTAGE)
                .allSatisfy(
                        phase -> assertThat(phase.count(Outcome.NOT_WRITTEN)).isPositive());
        assertThat(run.account().count(Outcome.ACKNOWLEDGED)).isPositive();
        assertThat(check(run, "recover").observed()).startsWith("2 of 2 outages");
        assertThat(run.figures().answers())
                .as("one row for each answer of a phase, however often there was one")
                .extracting(row -> row.phase() + " " + row.answer())
                .doesNotHaveDuplicates();
        // Not of the steady state, whose figures leave out what was under way when the first outage began.
        assertThat(run.figures().answers().stream()
                        .filter(row -> row.phase() != Phase.STEADY)
                        .mapToInt(row -> row.latency().count())
                        .sum())
                .isEqualTo(run.figures().phases().stream()
                        .filter(phase -> phase.phase() != Phase.STEADY)
                        .flatMap(phase -> phase.outcomes().values().stream())
                        .mapToInt(Integer::intValue)
                        .sum());
    }

    @Test
    void writesOfUnknownOutcomeAreSettledWhenTheOutagesAreOver() {
        FakePlace place = new FakePlace();
        place.duringOutage = FakePlace.WRITTEN_BUT_UNKNOWN;

        Run run = soak(place);

        assertThat(run.held()).isTrue();
        assertThat(run.account().settledWritten()).isPositive();
        assertThat(run.account().unresolved()).isZero();
    }

    @Test
    void anAcknowledgedWriteThatIsNotThereBreaksTheSoak() {
        FakePlace place = new FakePlace();
        place.duringOutage = (fake, exchange, name) -> FakePlace.respond(exchange, 201, "{}");

        Run run = soak(place);

        assertThat(run.held()).isFalse();
        assertThat(check(run, "acknowledged-lost").result()).isEqualTo(Check.Result.BROKEN);
    }

    @Test
    void noOutageIsLeftInForceWhenTheSoakIsInterrupted() throws Exception {
        FakePlace place = new FakePlace();
        CompletableFuture<Run> result = new CompletableFuture<>();
        Thread soaking = new Thread(() -> result.complete(soak(place)));
        place.duringOutage = (fake, exchange, name) -> {
            FakePlace.UNAVAILABLE.answer(fake, exchange, name);
            soaking.interrupt();
        };
        soaking.start();

        Run run = result.get();

        assertThat(run.status()).isEqualTo(Run.Status.INTERRUPTED);
        assertThat(place.applied).isFalse();
        assertThat(run.checks())
                .isNotEmpty()
                .allSatisfy(check -> assertThat(check.result()).isEqualTo(Check.Result.NOT_JUDGED));
    }

    private static Check check(Run run, String id) {
        return run.checks().stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Run soak(FakePlace place) {
        try (place) {
            return new Soak(Experiments.brief(), List.of(Path.of("outage.yaml")), CYCLES, place, Progress.SILENT).run();
        }
    }

    @Test
    void theSlowestRecoveryIsTheOneThatIsTold() {
        FakePlace place = new FakePlace();
        AtomicInteger removals = new AtomicInteger();
        place.duringOutage = (fake, exchange, name) -> {
            removals.set(fake.removedAt == 0 ? 1 : 2);
            FakePlace.UNAVAILABLE.answer(fake, exchange, name);
        };
        place.healthy = (fake, exchange, name) -> {
            boolean early = removals.get() == 2 && System.nanoTime() - fake.removedAt < 400_000_000;
            (early ? FakePlace.UNAVAILABLE : FakePlace.HEALTHY).answer(fake, exchange, name);
        };

        Run run = soak(place);

        assertThat(run.figures().recover()).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        assertThat(check(run, "recover").observed()).startsWith("2 of 2 outages, the slowest after 4");
        assertThat(run.figures().lateFailures())
                .as("those of the second outage are no failures after the restoration")
                .isLessThan(60);
    }

    @Test
    void nothingIsInjectedIntoASystemThatIsNotSteady() {
        FakePlace place = new FakePlace();
        place.healthy = (fake, exchange, name) -> (name.startsWith("rehearsal") && name.endsWith("0")
                        ? FakePlace.UNAVAILABLE
                        : FakePlace.HEALTHY)
                .answer(fake, exchange, name);

        Run run = soak(place);

        assertThat(run.status()).isEqualTo(Run.Status.FAILED);
        assertThat(run.problem()).contains("Nothing was injected");
    }
}
