package dev.databasetraffic.channelguard;

import static io.grpc.ConnectivityState.READY;
import static io.grpc.ConnectivityState.TRANSIENT_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.CallOptions;
import io.grpc.Status;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.Test;

/** What a guard is to the rest of the program: its thread, its end, and how it fails calls. */
class GuardedChannelTests {

    private final FakeChannel channel = new FakeChannel();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final GuardListener listener = new GuardListener() {
        @Override
        public void started(GuardedChannel guarded) {
            told.add("started " + guarded.name());
        }

        @Override
        public void refused(GuardedChannel guarded) {
            told.add("refused");
        }

        @Override
        public void stopped(GuardedChannel guarded) {
            told.add("stopped " + guarded.name());
        }
    };
    private final ChannelGuard guard = ChannelGuard.builder()
            .listener(listener)
            .probe((asked, deadline) -> CompletableFuture.completedFuture(Status.OK))
            .build();

    @Test
    void allGuardsShareOneDaemonThreadThatEndsWithTheLast() {
        GuardedChannel first = guard.guard(channel);
        GuardedChannel second = guard.guard(new FakeChannel());
        assertThat(threads()).singleElement().matches(Thread::isDaemon);
        first.shutdown();
        assertThat(told).as("at once").containsOnlyOnce("stopped far.example");
        assertThat(threads()).hasSize(1);
        second.shutdownNow();
        assertThat(told).as("at once").filteredOn("stopped far.example"::equals).hasSize(2);
        second.shutdownNow();
        await().until(() -> threads().isEmpty());
        assertThat(told)
                .containsExactly(
                        "started far.example", "started far.example", "stopped far.example", "stopped far.example");
    }

    @Test
    void aSchedulerOfOnesOwnIsUsedAndLeftAsItWas() {
        ScheduledThreadPoolExecutor own = new ScheduledThreadPoolExecutor(1);
        own.setRemoveOnCancelPolicy(true);
        GuardedChannel guarded =
                ChannelGuard.builder().scheduler(own).name("Far").build().guard(channel);
        assertThat(guarded.name()).isEqualTo("Far");
        channel.state = TRANSIENT_FAILURE;
        await().until(() -> guarded.guardState() == GuardState.OPEN);
        guarded.shutdown();
        await().until(() -> own.getQueue().isEmpty());
        assertThat(own.isShutdown()).isFalse();
        assertThat(guarded.guardState()).isEqualTo(GuardState.CLOSED);
        own.shutdown();
    }

    @Test
    void theGuardHasEndedWhenItsChannelIsShutDown() {
        List<List<String>> toldBefore = new ArrayList<>();
        channel.whenShutDown = () -> toldBefore.add(List.copyOf(told));
        guard.guard(channel).shutdown();
        guard.guard(channel).shutdownNow();
        assertThat(toldBefore)
                .as("or a look that finds the channel shut down may still be at it when the caller goes on")
                .hasSize(2)
                .allSatisfy(before -> assertThat(before).last().isEqualTo("stopped far.example"));
    }

    @Test
    void aChannelThatIsShutDownBehindItsBackEndsTheGuard() {
        var unused = guard.guard(channel);
        channel.shutdown();
        await().until(() -> told.contains("stopped far.example"));
    }

    @Test
    void aChannelThatNobodyHasAnyMoreIsForgotten() {
        WeakReference<GuardedChannel> forgotten =
                new WeakReference<>(ChannelGuard.builder().build().guard(channel));
        await().until(() -> {
            System.gc();
            return forgotten.get() == null && threads().isEmpty();
        });
    }

    @Test
    void aRefusalComesByTheCallersExecutorAndNeverFromWithinStart() {
        GuardedChannel guarded = away();
        List<Runnable> handedOver = new ArrayList<>();
        Executor callers = handedOver::add;
        CompletableFuture<Status> end =
                LoopbackServer.call(guarded, LoopbackServer.ECHO, CallOptions.DEFAULT.withExecutor(callers));
        assertThat(end).isNotDone();
        handedOver.forEach(Runnable::run);
        assertThat(end.join().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(end.join().getDescription()).contains("not asked", "no connection can be made");
        assertThatThrownBy(() -> LoopbackServer.blockingEcho(guarded)).hasMessageStartingWith("UNAVAILABLE: away for ");
        guarded.shutdown();
    }

    @Test
    void whoeverAsksBeforeItCallsIsToldWhatTheCallWouldBe() {
        GuardedChannel guarded = guard.guard(channel);
        assertThat(guarded.refusal()).isEmpty();
        channel.state = TRANSIENT_FAILURE;
        await().until(() -> guarded.guardState() == GuardState.OPEN);
        assertThat(guarded.absence()).isPresent();
        assertThat(told).doesNotContain("refused");
        assertThat(guarded.refusal()).isEqualTo(guarded.absence());
        assertThat(told).containsOnlyOnce("refused");
        guarded.shutdown();
    }

    @Test
    void anAbsenceSaysWhyAndForHowLong() {
        GuardedChannel guarded = away();
        assertThat(guarded.absence()).hasValueSatisfying(absence -> {
            assertThat(absence.reason()).isEqualTo("no connection can be made");
            assertThat(absence.lasted()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        });
        channel.state = READY;
        await().until(() -> guarded.absence().isEmpty());
        guarded.shutdown();
    }

    @Test
    void aListenerOrAProbeThatFailsDoesNoHarm() {
        GuardedChannel guarded = ChannelGuard.builder()
                .listener(new GuardListener() {
                    @Override
                    public void changed(GuardedChannel changed, GuardState from, GuardState to, String reason) {
                        throw new IllegalStateException("thrown by the test");
                    }
                })
                .listener(new GuardListener() {
                    @Override
                    public void changed(GuardedChannel changed, GuardState from, GuardState to, String reason) {
                        told.add(from + ">" + to);
                    }
                })
                .probe((asked, deadline) -> {
                    throw new IllegalStateException("thrown by the test");
                })
                .build()
                .guard(channel);
        channel.state = TRANSIENT_FAILURE;
        await().until(() -> told.contains("CLOSED>OPEN"));
        channel.state = READY;
        await().until(() -> told.contains("OPEN>CLOSED"));
        guarded.shutdown();
    }

    @Test
    void timesThatCannotBeAreRefusedWithTheirBounds() {
        Duration good = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GuardSettings(good, Duration.ZERO, good, good, good, good))
                .withMessage("connectTimeout is 0 ms: must be from 1 ms to a day");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GuardSettings(good, good, good, good, good, Duration.ofDays(2)))
                .withMessageStartingWith("rest is ");
    }

    private GuardedChannel away() {
        GuardedChannel guarded = guard.guard(channel);
        channel.state = TRANSIENT_FAILURE;
        await().until(() -> guarded.guardState() == GuardState.OPEN);
        return guarded;
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("channel-guard"))
                .toList();
    }
}
