package dev.databasetraffic.rehearsal.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class WarmUpWritesTests {

    private final FakePlace place = new FakePlace();

    @AfterEach
    void end() {
        place.close();
    }

    @Test
    void theLoadRisesToTheExperimentsRateAndEveryWriteHasAKeyOfItsOwn() throws Exception {
        warmUp(400);

        // Twenty in a row, then half a second each at 100, 200 and 400 a second; a busy machine may need more of the
        // last.
        assertThat(place.plants).hasSizeGreaterThan(20 + 45 + 90 + 180);
        assertThat(place.plants.keySet()).allMatch(name -> name.startsWith("warm-up-me-"));
        assertThat(place.plants.values()).containsOnly(1);
    }

    @Test
    void itLastsAsLongAsTheServiceIsNotWarm() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        place.healthy = (fake, exchange, name) -> {
            int n = asked.incrementAndGet();
            (n > 25 && n < 150 ? FakePlace.UNAVAILABLE : FakePlace.HEALTHY).answer(fake, exchange, name);
        };

        warmUp(100);

        assertThat(asked).hasValueGreaterThan(190);
    }

    @Test
    void theLoadRisesNoFurtherThanTheServiceBearsIt() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        AtomicLong refusedFrom = new AtomicLong();
        AtomicLong refusedTo = new AtomicLong();
        place.healthy = (fake, exchange, name) -> {
            int n = asked.incrementAndGet();
            if (n > 20 && n <= 20 + 350) {
                refusedFrom.compareAndSet(0, System.nanoTime());
                refusedTo.set(System.nanoTime());
                FakePlace.UNAVAILABLE.answer(fake, exchange, name);
            } else {
                FakePlace.HEALTHY.answer(fake, exchange, name);
            }
        };

        warmUp(400);

        // At 100, 200 and 400 a second they would have come within a second and a half.
        assertThat(Duration.ofNanos(refusedTo.get() - refusedFrom.get())).isGreaterThan(Duration.ofMillis(2500));
    }

    @Test
    void aServiceThatAcknowledgesNothingIsNotRehearsed() {
        place.healthy = FakePlace.UNAVAILABLE;

        assertThatThrownBy(() -> warmUp(100))
                .isInstanceOf(PlaceException.class)
                .hasMessageContaining("did not acknowledge 20 writes in a row")
                .hasMessageContaining("503 urn:problem:plants:database-unavailable");
    }

    private void warmUp(int rate) throws Exception {
        Experiment brief = Experiments.brief();
        Experiment experiment = brief.with(
                brief.title(),
                brief.fault(),
                brief.phases(),
                new Experiment.Load(rate, 200, brief.load().timeout()),
                brief.tolerances());
        try (Caller caller = new Caller(place.service(), experiment)) {
            WarmUpWrites.run(caller, place, experiment, "me");
        }
    }

    @Test
    void aSlowServiceIsWarmedUpByAsManyAsThereIsTimeFor() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        place.healthy = (fake, exchange, name) -> {
            if (asked.incrementAndGet() <= 2) {
                await().pollDelay(Duration.ofSeconds(8))
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> true);
            }
            FakePlace.HEALTHY.answer(fake, exchange, name);
        };

        warmUp(1);

        assertThat(asked).hasValueGreaterThanOrEqualTo(3);
    }
}
