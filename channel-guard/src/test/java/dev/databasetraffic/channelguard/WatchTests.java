package dev.databasetraffic.channelguard;

import static io.grpc.ConnectivityState.CONNECTING;
import static io.grpc.ConnectivityState.IDLE;
import static io.grpc.ConnectivityState.READY;
import static io.grpc.ConnectivityState.SHUTDOWN;
import static io.grpc.ConnectivityState.TRANSIENT_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Attributes;
import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.ConnectivityState;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** By a clock and a channel that do as the test says; the same with a real one is in the integration tests. */
class WatchTests {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Status UNIMPLEMENTED = Status.UNIMPLEMENTED;

    private long now = 1_000_000_000L;
    private final FakeChannel channel = new FakeChannel();
    private final Circuit circuit = new Circuit();
    private final List<CompletableFuture<Status>> questions = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Witness witness =
            new Witness(GuardSettings.defaults().patience().toNanos(), () -> now);
    private final Watch watch = new Watch(
            channel,
            GuardSettings.defaults(),
            (asked, deadline) -> {
                CompletableFuture<Status> question = new CompletableFuture<>();
                questions.add(question);
                return question;
            },
            circuit,
            witness,
            new Reporter(ended(), "Far", List.of(new GuardListener() {
                @Override
                public void changed(GuardedChannel guarded, GuardState from, GuardState to, String reason) {
                    changes.add(from + ">" + to);
                }
            })),
            Runnable::run,
            () -> now);

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    @Test
    void aFarSideThatCannotBeReachedIsAwayAndTriedAgainAtEachInterval() {
        connected();
        look(TRANSIENT_FAILURE);
        assertThat(refusal()).isNotNull();
        looks(5, TRANSIENT_FAILURE);
        assertThat(channel.backoffsReset)
                .as("in half a second, at 250 ms give or take a fifth")
                .isBetween(2, 3);
        assertThat(changes).containsExactly("CLOSED>OPEN");
    }

    @Test
    void anAttemptThatHangsIsGivenUpForANewOne() {
        connected();
        looks(6, CONNECTING);
        assertThat(channel.timesLeft).isZero();
        assertThat(refusal()).isNull();
        look(CONNECTING);
        assertThat(channel.timesLeft).isEqualTo(1);
        assertThat(channel.connectionsAskedFor).isEqualTo(1);
        assertThat(refusal()).isNotNull();
        looks(7, CONNECTING);
        assertThat(channel.timesLeft).isEqualTo(2);
    }

    @Test
    void anAttemptThatHangsAfterOthersFailedIsGivenUpToo() {
        connected();
        looks(7, TRANSIENT_FAILURE);
        assertThat(channel.timesLeft).isEqualTo(1);
    }

    @Test
    void theFirstAttemptMayTakeFiveTimesAsLongAndTheNextTwiceThat() {
        looks(30, CONNECTING);
        assertThat(channel.timesLeft).isZero();
        look(CONNECTING);
        assertThat(channel.timesLeft).isEqualTo(1);
        looks(60, CONNECTING);
        assertThat(channel.timesLeft).isEqualTo(1);
        look(CONNECTING);
        assertThat(channel.timesLeft).isEqualTo(2);
    }

    @Test
    void aChannelThatConnectsSlowlyIsAllowedTo() {
        looks(8, CONNECTING);
        connected();
        looks(11, CONNECTING);
        assertThat(channel.timesLeft).as("it took 800 ms before").isZero();
        looks(2, CONNECTING);
        assertThat(channel.timesLeft).isEqualTo(1);
    }

    @Test
    void anIdleChannelMayStayIdleUnlessTheFarSideIsMissed() {
        connected();
        looks(10, IDLE);
        assertThat(channel.connectionsAskedFor).isZero();
        look(TRANSIENT_FAILURE);
        channel.connectionsAskedFor = 0;
        look(IDLE);
        assertThat(channel.connectionsAskedFor).isEqualTo(1);
    }

    @Test
    void aConnectionIsNoReturnUntilTheFarSideAnswers() {
        connected();
        look(TRANSIENT_FAILURE);
        look(READY);
        assertThat(questions).hasSize(2);
        assertThat(circuit.state()).isEqualTo(GuardState.HALF_OPEN);
        looks(3, READY);
        assertThat(questions).as("one at a time").hasSize(2);
        assertThat(refusal()).isNotNull();
        questions.get(1).complete(UNIMPLEMENTED);
        assertThat(refusal()).isNull();
        assertThat(changes).containsExactly("CLOSED>OPEN", "OPEN>HALF_OPEN", "HALF_OPEN>CLOSED");
    }

    @Test
    void aFarSideThatSaysItIsUnavailableIsAskedAgainAfterTheInterval() {
        connected();
        look(TRANSIENT_FAILURE);
        look(READY);
        questions.get(1).complete(Status.UNAVAILABLE);
        assertThat(circuit.state()).isEqualTo(GuardState.OPEN);
        look(READY);
        assertThat(questions).hasSize(2);
        looks(2, READY);
        assertThat(questions).hasSize(3);
        assertThat(channel.timesLeft).as("its connection is good").isZero();
    }

    @Test
    void aConnectionThatDoesNotAnswerTheProbeIsLeft() {
        connected();
        look(TRANSIENT_FAILURE);
        look(READY);
        questions.get(1).complete(Status.DEADLINE_EXCEEDED);
        assertThat(channel.timesLeft).isEqualTo(1);
        assertThat(refusal()).isNotNull();
    }

    @Test
    void aCallsDeadlineIsASuspicionAndTheAnswerToTheProbeDecides() {
        connected();
        call(Status.DEADLINE_EXCEEDED);
        look(READY);
        assertThat(questions).hasSize(2);
        assertThat(refusal()).as("nobody suffers from a suspicion").isNull();
        questions.get(1).complete(UNIMPLEMENTED);
        looks(5, READY);
        assertThat(questions).as("it is settled").hasSize(2);
        assertThat(changes).isEmpty();

        call(Status.DEADLINE_EXCEEDED);
        look(READY);
        questions.get(2).complete(Status.DEADLINE_EXCEEDED);
        assertThat(refusal()).isNotNull();
        assertThat(channel.timesLeft).isEqualTo(1);
    }

    @Test
    void aCancelledCallIsASuspicionIfItWasItsDeadlineThatCancelledIt() {
        connected();
        call(Status.CANCELLED, CallOptions.DEFAULT.withDeadlineAfter(1, TimeUnit.MINUTES));
        look(READY);
        assertThat(questions).hasSize(1);
        call(Status.CANCELLED, CallOptions.DEFAULT.withDeadlineAfter(-1, TimeUnit.MINUTES));
        look(READY);
        assertThat(questions).hasSize(2);
    }

    @Test
    void aDeadlineThatACallHasFromItsContextIsItsOwn() {
        connected();
        Context expired = Context.current().withDeadline(Deadline.after(-1, TimeUnit.MINUTES), timer);
        expired.run(() -> call(Status.CANCELLED));
        look(READY);
        assertThat(questions).hasSize(2);
    }

    @Test
    void callsThatAreGivenUpOneAfterTheOtherAreASuspicionOncePatienceIsOver() {
        connected();
        for (int i = 0; i < 9; i++) {
            call(Status.CANCELLED);
            look(READY);
        }
        assertThat(questions).hasSize(1);
        looks(2, READY);
        assertThat(questions).hasSize(2);
    }

    @Test
    void aCallThatIsGivenUpIsForgottenOnceAnotherIsAnswered() {
        connected();
        call(Status.CANCELLED);
        call(Status.OK);
        looks(30, READY);
        assertThat(questions).hasSize(1);
    }

    @Test
    void streamsThatHaveNothingToSayBlindNobody() {
        connected();
        look(READY);
        for (int i = 0; i < 100; i++) {
            var unused = begin(CallOptions.DEFAULT);
        }
        call(Status.OK);
        looks(12, READY);

        assertThat(witness.follow(CallOptions.DEFAULT)).isNotSameAs(CallOptions.DEFAULT);
    }

    @Test
    void aProbeThatFailsByItselfIsNoAnswer() {
        connected();
        call(Status.UNAVAILABLE);
        look(READY);
        questions.get(1).completeExceptionally(new IOException("no token to be had"));
        assertThat(refusal()).isNotNull();
    }

    @Test
    void aProbeThatGivesUpByItselfIsAsOneThatGoesUnanswered() {
        connected();
        call(Status.UNAVAILABLE);
        look(READY);
        questions.get(1).completeExceptionally(new CompletionException(new TimeoutException()));
        assertThat(refusal()).isNotNull();
        assertThat(channel.timesLeft).isEqualTo(1);
    }

    @Test
    void aCallThatIsAnsweredMeanwhileIsAsGoodAsTheProbe() {
        connected();
        call(Status.UNAVAILABLE);
        look(READY);
        call(Status.OK);
        questions.get(1).complete(Status.UNAVAILABLE);
        assertThat(refusal()).isNull();
        looks(3, READY);
        assertThat(questions).hasSize(2);
    }

    @Test
    void aCallThatNobodyAnswersIsASuspicionOnceItsPatienceIsOver() {
        connected();
        look(READY);
        var unused = begin(CallOptions.DEFAULT);
        looks(10, READY);
        assertThat(questions).hasSize(1);
        look(READY);
        assertThat(questions).hasSize(2);
        questions.get(1).complete(UNIMPLEMENTED);
        looks(30, READY);
        assertThat(questions).as("a stream may be silent for long").hasSize(2);
    }

    @Test
    void theAnswerToACallThatWasSentSinceIsTheReturnAndThatOfAnOlderOneIsNot() {
        connected();
        ClientStreamTracer older = begin(CallOptions.DEFAULT);
        look(TRANSIENT_FAILURE);
        ClientStreamTracer newer = begin(CallOptions.DEFAULT.withWaitForReady());
        older.inboundHeaders(new Metadata());
        assertThat(refusal()).isNotNull();
        newer.inboundHeaders(new Metadata());
        assertThat(refusal()).isNull();
        assertThat(changes).containsExactly("CLOSED>OPEN", "OPEN>CLOSED");
    }

    @Test
    void aProbeThatWasNeverAnsweredDecidesNothing() {
        look(CONNECTING);
        look(READY);
        questions.get(0).complete(Status.UNAVAILABLE);
        call(Status.UNAVAILABLE);
        look(READY);
        questions.get(1).complete(Status.UNAVAILABLE);
        assertThat(refusal()).isNull();

        look(TRANSIENT_FAILURE);
        assertThat(refusal()).isNotNull();
        look(READY);
        assertThat(refusal()).as("then a connection is the return").isNull();

        call(Status.DEADLINE_EXCEEDED);
        questions.get(2).complete(Status.UNAVAILABLE);
        look(READY);
        questions.get(3).complete(Status.DEADLINE_EXCEEDED);
        assertThat(refusal()).isNull();
        assertThat(channel.timesLeft).as("but silence is silence").isEqualTo(1);
    }

    @Test
    void aMachineThatStoodStillBlamesNobody() {
        connected();
        looks(3, CONNECTING);
        now += Duration.ofSeconds(5).toNanos();
        look(CONNECTING);
        assertThat(channel.timesLeft).isZero();

        look(READY);
        call(Status.DEADLINE_EXCEEDED);
        look(READY);
        now += Duration.ofSeconds(5).toNanos();
        questions.get(1).complete(Status.DEADLINE_EXCEEDED);
        assertThat(refusal()).isNull();
        look(READY);
        assertThat(questions).as("it is asked again").hasSize(3);
        questions.get(2).complete(Status.DEADLINE_EXCEEDED);
        assertThat(refusal()).isNotNull();
    }

    @Test
    void aProbeThatDoesNotEndIsGivenUp() {
        connected();
        look(TRANSIENT_FAILURE);
        look(READY);
        looks(105, READY);
        assertThat(questions).as("it may yet end, if late").hasSize(2);
        assertThat(channel.timesLeft).isZero();
        looks(2, READY);
        assertThat(channel.timesLeft).isEqualTo(1);
        questions.get(1).complete(UNIMPLEMENTED);
        assertThat(refusal()).as("it comes too late").isNotNull();
    }

    @Test
    void whoeverIsNotMissedIsNotPestered() {
        connected();
        look(TRANSIENT_FAILURE);
        looks(600, TRANSIENT_FAILURE);
        int tried = channel.backoffsReset + channel.timesLeft;
        looks(100, TRANSIENT_FAILURE);
        assertThat(channel.backoffsReset + channel.timesLeft - tried).isBetween(0, 4);

        assertThat(refusal()).as("a guard that rests has no news to go by").isNull();
        look(TRANSIENT_FAILURE);
        assertThat(refusal()).isNotNull();
        looks(10, TRANSIENT_FAILURE);
        assertThat(channel.backoffsReset + channel.timesLeft - tried).isGreaterThan(3);
    }

    @Test
    void whoeverAsksInsteadOfCallingIsNotForgotten() {
        connected();
        look(TRANSIENT_FAILURE);
        for (int i = 0; i < 1300; i++) {
            assertThat(circuit.refusal()).isNotNull();
            look(TRANSIENT_FAILURE);
        }
        assertThat(channel.backoffsReset + channel.timesLeft)
                .as("in more than two minutes, whose first half is the rest's")
                .isGreaterThan(300);
    }

    @Test
    void whoeverWaitsForReadinessWaits() {
        connected();
        look(TRANSIENT_FAILURE);
        assertThat(circuit.refusal(CallOptions.DEFAULT.withWaitForReady())).isNull();
    }

    @Test
    void aChannelThatIsShutDownIsNotLookedAtAnyMore() {
        connected();
        channel.state = SHUTDOWN;
        assertThat(watch.look()).isFalse();
    }

    /** To be told of; its own guard takes no part. */
    private static GuardedChannel ended() {
        GuardedChannel guarded = ChannelGuard.builder().build().guard(new FakeChannel());
        guarded.shutdown();
        return guarded;
    }

    private @Nullable Status refusal() {
        return circuit.refusal(CallOptions.DEFAULT);
    }

    /** Connects, and has the question of a new channel answered. */
    private void connected() {
        look(READY);
        questions.get(0).complete(UNIMPLEMENTED);
    }

    private void looks(int times, ConnectivityState state) {
        for (int i = 0; i < times; i++) {
            look(state);
        }
    }

    private void look(ConnectivityState state) {
        now += LOOK.toNanos();
        channel.state = state;
        watch.look();
    }

    private void call(Status end) {
        call(end, CallOptions.DEFAULT);
    }

    private void call(Status end, CallOptions options) {
        ClientStreamTracer attempt = begin(options);
        if (end.isOk()) {
            attempt.inboundHeaders(new Metadata());
            attempt.inboundTrailers(new Metadata());
        }
        attempt.streamClosed(end);
    }

    private ClientStreamTracer begin(CallOptions options) {
        now += 1;
        ClientStreamTracer attempt = witness.newClientStreamTracer(
                ClientStreamTracer.StreamInfo.newBuilder()
                        .setCallOptions(options)
                        .build(),
                new Metadata());
        attempt.streamCreated(Attributes.EMPTY, new Metadata());
        return attempt;
    }
}
