package dev.databasetraffic.rehearsal.experiment;

import static dev.databasetraffic.rehearsal.experiment.Check.Result.BROKEN;
import static dev.databasetraffic.rehearsal.experiment.Check.Result.HELD;
import static dev.databasetraffic.rehearsal.experiment.Check.Result.NOT_JUDGED;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class RehearsalTests {

    private final FakePlace place = new FakePlace();

    @AfterEach
    void end() {
        place.close();
    }

    @Test
    void anOutageThatIsReportedAndRecoveredFromHoldsTheHypothesis() {
        Run run = rehearse(Experiments.brief());

        assertThat(run.status()).isEqualTo(Run.Status.COMPLETED);
        assertThat(results(run))
                .allSatisfy((id, result) -> assertThat(result).as(id).isEqualTo(HELD));
        assertThat(run.held()).isTrue();
        assertThat(run.account().count(Outcome.NOT_WRITTEN)).isGreaterThan(50);
        assertThat(run.account().count(Outcome.ACKNOWLEDGED)).isGreaterThan(150);
        assertThat(run.account().comparison())
                .returns(run.account().count(Outcome.ACKNOWLEDGED), Account.Comparison::stored)
                .returns(0, Account.Comparison::acknowledgedLost);
        assertThat(run.figures().answers())
                .anySatisfy(row -> assertThat(row.answer())
                        .isEqualTo(
                                new Answer(Outcome.NOT_WRITTEN, 503, "urn:problem:plants:database-unavailable", true)));
        assertThat(run.notes()).contains("This mesh is a switch.");
    }

    @Test
    void aServiceThatIsOnlyReadIsJudgedByItsAnswersAndNotByWhatIsStored() {
        Run run = rehearse(Experiments.brief().withOperation(Experiments.reading("/stock")));

        assertThat(results(run))
                .containsEntry("writes-fail", HELD)
                .containsEntry("recover", HELD)
                .containsEntry("acknowledged-lost", NOT_JUDGED)
                .containsEntry("unresolved", NOT_JUDGED);
        assertThat(run.held()).isTrue();
        assertThat(run.account().comparison()).isNull();
        assertThat(run.notes()).anySatisfy(note -> assertThat(note).startsWith("GET /stock writes nothing"));
    }

    @Test
    void theMomentsOfTheOutageAreInOrder() {
        Markers markers = rehearse(Experiments.brief()).markers();

        assertThat(new Duration[] {
                    markers.applied(),
                    markers.oldConnectionGone(),
                    markers.firstFailure(),
                    markers.restored(),
                    markers.firstSuccess()
                })
                .doesNotContainNull()
                .isSorted();
        assertThat(requireNonNull(markers.restored()).minus(requireNonNull(markers.applied())))
                .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
    }

    @Test
    void anOutageThatNobodyFeelsBreaksTheHypothesisThatWritesFail() {
        place.duringOutage = FakePlace.HEALTHY;

        Run run = rehearse(Experiments.brief());

        assertThat(results(run))
                .containsEntry("writes-fail", BROKEN)
                .containsEntry("detect", NOT_JUDGED)
                .containsEntry("caller-sees-failure", NOT_JUDGED)
                .containsEntry("acknowledged-lost", HELD);
        assertThat(run.broken()).hasSize(1);
        assertThat(run.broken().get(0).observed()).startsWith("0 of ").contains("no connection was diverted");
    }

    @Test
    void anAcknowledgedWriteThatIsNotStoredIsLost() {
        place.duringOutage = (fake, exchange, name) -> FakePlace.respond(exchange, 201, "{}");

        Run run = rehearse(Experiments.brief());

        assertThat(results(run)).containsEntry("acknowledged-lost", BROKEN);
        assertThat(requireNonNull(run.account().comparison()).acknowledgedLost())
                .isGreaterThan(50);
        assertThat(requireNonNull(run.account().comparison()).examples())
                .hasSize(5)
                .allMatch(name -> name.contains(run.id()));
    }

    @Test
    void aWriteStoredTwiceIsADuplicate() {
        place.healthy = (fake, exchange, name) -> {
            fake.plants.merge(name, name.endsWith("-7") && name.startsWith("rehearsal") ? 2 : 1, Integer::sum);
            FakePlace.respond(exchange, 201, "{}");
        };

        Run run = rehearse(Experiments.brief());

        assertThat(results(run)).containsEntry("duplicates", BROKEN).containsEntry("acknowledged-lost", HELD);
        assertThat(requireNonNull(run.account().comparison()).duplicates()).isEqualTo(1);
    }

    @Test
    void whatIsReportedAsNotWrittenButStoredIsAPhantom() {
        place.duringOutage = (fake, exchange, name) -> {
            fake.plants.put(name, 1);
            FakePlace.UNAVAILABLE.answer(fake, exchange, name);
        };

        assertThat(results(rehearse(Experiments.brief()))).containsEntry("phantoms", BROKEN);
    }

    @Test
    void aWriteOfUnknownOutcomeIsSettledByRepeatingItWithItsKey() {
        place.duringOutage = FakePlace.WRITTEN_BUT_UNKNOWN;

        Run run = rehearse(Experiments.brief());

        assertThat(run.account().count(Outcome.AMBIGUOUS)).isGreaterThan(50);
        assertThat(run.account().settledWritten()).isEqualTo(run.account().count(Outcome.AMBIGUOUS));
        assertThat(results(run))
                .allSatisfy((id, result) -> assertThat(result).as(id).isEqualTo(HELD));
    }

    @Test
    void aWriteThatCannotBeSettledInTimeStaysUnresolved() {
        place.healthy = (fake, exchange, name) -> {
            if (name.endsWith("-120")) {
                FakePlace.WRITTEN_BUT_UNKNOWN.answer(fake, exchange, name);
            } else {
                FakePlace.HEALTHY.answer(fake, exchange, name);
            }
        };
        place.duringOutage = place.healthy;

        Run run = rehearse(Experiments.brief());

        assertThat(results(run)).containsEntry("unresolved", BROKEN).containsEntry("phantoms", HELD);
        assertThat(run.account().unresolved()).isEqualTo(1);
    }

    @Test
    void aToleranceTighterThanWhatWasSeenIsBroken() {
        place.duringOutage = (fake, exchange, name) -> {
            await().pollDelay(Duration.ofMillis(150)).until(() -> true);
            FakePlace.UNAVAILABLE.answer(fake, exchange, name);
        };

        Run run = rehearse(Experiments.with(Experiments.tolerances(true, Duration.ofMillis(100), 0)));

        assertThat(results(run)).containsEntry("caller-sees-failure", BROKEN).containsEntry("detect", BROKEN);
        assertThat(run.figures().failures().p50()).isGreaterThanOrEqualTo(Duration.ofMillis(150));
    }

    @Test
    void aServiceThatNeverRecoversBreaksTheHypothesis() {
        neverRecovers();

        Run run = rehearse(Experiments.with(Experiments.tolerances(true, Duration.ofMillis(500), 0)));

        assertThat(results(run)).containsEntry("recover", BROKEN).containsEntry("steady-state-again", BROKEN);
        assertThat(run.figures().lateFailures()).isGreaterThan(50);
    }

    @Test
    void aRecoveryThatMayTakeLongerThanTheLoadLastsIsNotJudged() {
        AtomicBoolean broken = neverRecovers();

        Run run = rehearse(Experiments.with(tolerating(Duration.ofSeconds(30))));

        assertThat(broken).isTrue();
        assertThat(results(run)).containsEntry("recover", NOT_JUDGED).containsEntry("steady-state-again", NOT_JUDGED);
    }

    @Test
    void aRecoveryThatMayTakeAsLongAsItLikesIsNotHeldToTheMomentOfTheRestoration() {
        place.healthy = (fake, exchange, name) -> {
            boolean early = fake.removedAt != 0 && System.nanoTime() - fake.removedAt < 500_000_000;
            (early ? FakePlace.UNAVAILABLE : FakePlace.HEALTHY).answer(fake, exchange, name);
        };

        assertThat(results(rehearse(Experiments.with(tolerating(null)))))
                .containsEntry("recover", NOT_JUDGED)
                .containsEntry("steady-state-again", HELD);
    }

    @Test
    void aServiceThatNeverRecoversBreaksTheHypothesisHoweverLongItMayTake() {
        AtomicBoolean broken = neverRecovers();

        Run run = rehearse(Experiments.with(tolerating(null)));

        assertThat(broken).isTrue();
        assertThat(results(run)).containsEntry("steady-state-again", BROKEN);
    }

    @Test
    void writesThatFindNoPlaceBesideThoseThatHangAreNoSuccess() {
        place.duringOutage = (fake, exchange, name) -> {};
        Experiment brief = Experiments.brief();

        Run run = rehearse(brief.with(
                brief.title(),
                brief.fault(),
                brief.phases(),
                new Experiment.Load(100, 20, Duration.ofSeconds(5)),
                brief.tolerances()));

        Check again = run.checks().stream()
                .filter(check -> check.id().equals("steady-state-again"))
                .findFirst()
                .orElseThrow();
        assertThat(again.result()).isEqualTo(BROKEN);
        assertThat(again.observed()).startsWith("0 of ").endsWith(" not sent");
        assertThat(run.notes())
                .anySatisfy(note -> assertThat(note).contains("were not sent, because load.concurrency"));
    }

    @Test
    void nothingIsInjectedIntoASystemThatIsNotSteady() {
        place.healthy = (fake, exchange, name) -> {
            if (name.startsWith("rehearsal") && name.endsWith("0")) {
                FakePlace.UNAVAILABLE.answer(fake, exchange, name);
            } else {
                FakePlace.HEALTHY.answer(fake, exchange, name);
            }
        };

        Run run = rehearse(Experiments.brief());

        assertThat(run.status()).isEqualTo(Run.Status.FAILED);
        assertThat(run.problem()).contains("steady state was not met").contains("Nothing was injected");
        assertThat(run.markers().applied()).isNull();
        assertThat(results(run)).containsEntry("steady-state", BROKEN).containsEntry("writes-fail", NOT_JUDGED);
        assertThat(run.held()).isFalse();
    }

    @Test
    void nothingIsInjectedIntoASystemThatLeavesSomeWithoutAnAnswer() {
        place.healthy = (fake, exchange, name) -> {
            if (!name.startsWith("rehearsal") || !name.endsWith("0")) {
                FakePlace.HEALTHY.answer(fake, exchange, name);
            }
        };
        Experiment brief = Experiments.brief();
        Duration steady = Duration.ofSeconds(3);

        Run run = rehearse(brief.with(
                brief.title(),
                brief.fault(),
                new Experiment.Phases(
                        steady,
                        brief.phases().outage(),
                        brief.phases().recovery(),
                        brief.phases().settle()),
                brief.load(),
                brief.tolerances()));

        assertThat(run.status()).isEqualTo(Run.Status.FAILED);
        assertThat(run.problem())
                .contains("have no answer although they are late")
                .contains("Nothing was injected");
        assertThat(results(run)).containsEntry("steady-state", BROKEN);
    }

    @Test
    void anInterruptionWhileTheOutageIsAppliedIsNoFailureAndNothingAfterItIsInterrupted() {
        place.isInterruptedWhileItApplies = true;

        Run run = rehearse(Experiments.brief());

        assertThat(Thread.interrupted()).isFalse();
        assertThat(place.applied).isFalse();
        assertThat(run.status()).isEqualTo(Run.Status.INTERRUPTED);
        assertThat(results(run))
                .allSatisfy((id, judged) -> assertThat(judged).as(id).isEqualTo(NOT_JUDGED));
    }

    @Test
    void anInterruptionRemovesTheOutage() throws Exception {
        place.duringOutage = (fake, exchange, name) -> {};
        Experiment brief = Experiments.brief();
        Duration hour = Duration.ofHours(1);
        Experiment endless = brief.with(
                brief.title(),
                brief.fault(),
                new Experiment.Phases(Duration.ofSeconds(1), hour, hour, hour),
                brief.load(),
                brief.tolerances());
        CompletableFuture<Run> result = new CompletableFuture<>();
        Thread runner = new Thread(() -> result.complete(rehearse(endless)));
        runner.start();
        await().until(() -> place.applied);

        runner.interrupt();

        Run run = result.get();
        assertThat(place.applied).isFalse();
        assertThat(run.status()).isEqualTo(Run.Status.INTERRUPTED);
        assertThat(run.account().comparison()).isNull();
        assertThat(run.markers().firstFailure())
                .as("callers who still waited were told nothing")
                .isNull();
        assertThat(run.figures().failures().count()).isZero();
        assertThat(results(run))
                .allSatisfy((id, judged) -> assertThat(judged).as(id).isEqualTo(NOT_JUDGED));
        assertThat(run.held()).isFalse();
    }

    @Test
    void anOutageThatCannotBeRemovedSaysHowToRemoveItByHand() {
        place.failsToRemove = true;

        Run run = rehearse(Experiments.brief());

        assertThat(run.status()).isEqualTo(Run.Status.FAILED);
        assertThat(run.problem()).contains("kubectl delete -f");
        assertThat(run.held()).isFalse();
    }

    private AtomicBoolean neverRecovers() {
        AtomicBoolean broken = new AtomicBoolean();
        place.healthy = (fake, exchange, name) ->
                (broken.get() ? FakePlace.UNAVAILABLE : FakePlace.HEALTHY).answer(fake, exchange, name);
        place.duringOutage = (fake, exchange, name) -> {
            broken.set(true);
            FakePlace.UNAVAILABLE.answer(fake, exchange, name);
        };
        return broken;
    }

    private static Experiment.Tolerances tolerating(@Nullable Duration recovery) {
        Duration generous = Duration.ofSeconds(30);
        return new Experiment.Tolerances(0.99, true, generous, generous, null, recovery, 0, 0, 0, 0);
    }

    private Run rehearse(Experiment experiment) {
        return new Rehearsal(experiment, Path.of("outage.yaml"), place, Progress.SILENT).run();
    }

    private static Map<String, Check.Result> results(Run run) {
        return run.checks().stream().collect(Collectors.toMap(Check::id, Check::result));
    }
}
