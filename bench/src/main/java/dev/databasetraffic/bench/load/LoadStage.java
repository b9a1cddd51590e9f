package dev.databasetraffic.bench.load;

import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Requests that begin at one rate.
 *
 * @param rate requests per second
 */
public record LoadStage(int rate, Duration duration) {

    /** How many are due. */
    int count() {
        return Math.toIntExact(Math.round(rate * duration.toMillis() / 1000.0));
    }

    static String text(Collection<LoadStage> stages) {
        return stages.stream()
                .map(stage -> stage.rate + "x" + stage.duration.toMillis() + "ms")
                .collect(Collectors.joining(","));
    }
}
