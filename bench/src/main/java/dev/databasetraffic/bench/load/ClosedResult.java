package dev.databasetraffic.bench.load;

import java.time.Duration;

/**
 * What callers got of whom each asks again when it was answered.
 *
 * @param answers all of them acknowledged
 * @param took until the last came
 */
public record ClosedResult(int answers, Duration took) {

    public double perSecond() {
        return answers / (took.toNanos() / 1e9);
    }
}
