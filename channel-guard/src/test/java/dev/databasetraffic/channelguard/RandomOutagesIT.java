package dev.databasetraffic.channelguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Troubles at random, on a real server: back within a second of each, one question at a time, no call failed while all is
 * well, nothing left behind. {@code -Dguard.sequences=10000 -Dguard.parallel=16} tries more of them, {@code
 * -Dguard.seed=N -Dguard.sequences=1} the one that failed again.
 */
class RandomOutagesIT {

    private static final long SEED = Long.getLong("guard.seed", 20_261_125);
    private static final int SEQUENCES = Integer.getInteger("guard.sequences", 48);
    private static final int PARALLEL = Integer.getInteger("guard.parallel", 8);

    @Test
    void whateverHappensInWhateverOrder() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);
        List<Future<RandomOutages.Result>> running = LongStream.range(SEED, SEED + SEQUENCES)
                .mapToObj(seed -> threads.submit(() -> new RandomOutages(seed).run()))
                .toList();
        threads.shutdown();
        List<RandomOutages.Result> results = new ArrayList<>();
        for (Future<RandomOutages.Result> result : running) {
            results.add(result.get(1, TimeUnit.HOURS));
        }
        List<Duration> back = results.stream()
                .flatMap(result -> result.back().stream())
                .sorted()
                .toList();
        System.out.printf(
                "%d sequences, %d troubles: back after %d ms (median), %d ms (99 of 100), %d ms (most); %d failed%n",
                SEQUENCES,
                back.size(),
                back.get(back.size() / 2).toMillis(),
                back.get(back.size() * 99 / 100).toMillis(),
                Collections.max(back).toMillis(),
                results.stream()
                        .filter(result -> !result.complaints().isEmpty())
                        .count());
        assertThat(results.stream()
                        .filter(result -> !result.complaints().isEmpty())
                        .limit(5))
                .isEmpty();
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("channel-guard")));
    }
}
