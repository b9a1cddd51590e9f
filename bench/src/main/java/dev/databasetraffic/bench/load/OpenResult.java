package dev.databasetraffic.bench.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What came of requests that began at a fixed rate.
 *
 * @param rate offered, requests per second
 * @param offered for how long
 * @param seconds from the first request to the last answer
 * @param answers in the order in which they came
 */
public record OpenResult(int rate, Duration offered, double seconds, List<Answer> answers) {

    private static final int CREATED = 201;
    private static final int UNAVAILABLE = 503;

    /**
     * What one caller got.
     *
     * @param plant the name of the plant
     * @param status 0 if there was no answer
     * @param millis from when the request began
     */
    public record Answer(String plant, int status, double millis) {

        boolean isAcknowledged() {
            return status == CREATED;
        }

        boolean isRefused() {
            return status == UNAVAILABLE;
        }
    }

    /** How many were to begin. */
    public long due() {
        return Math.round(rate * offered.toMillis() / 1000.0);
    }

    public long acknowledged() {
        return answers.stream().filter(Answer::isAcknowledged).count();
    }

    public long refused() {
        return answers.stream().filter(Answer::isRefused).count();
    }

    /** Neither acknowledged nor refused, and those that never began. */
    public long failed() {
        return due() - acknowledged() - refused();
    }

    /** Of those that were acknowledged, in milliseconds. */
    public double acknowledgedWithin(double share) {
        return percentile(Answer::isAcknowledged, share);
    }

    /** Of those that were refused, in milliseconds. */
    public double refusedWithin(double share) {
        return percentile(Answer::isRefused, share);
    }

    public double longest() {
        return answers.stream().mapToDouble(Answer::millis).max().orElse(0);
    }

    /** How many answers said what the database does not: acknowledged and not stored once, or refused and stored. */
    public long wrong(Map<String, Integer> storedByName) {
        return answers.stream()
                .filter(answer -> {
                    int copies = storedByName.getOrDefault(answer.plant(), 0);
                    return copies > 1 || answer.isAcknowledged() && copies == 0 || answer.isRefused() && copies > 0;
                })
                .count();
    }

    private double percentile(Predicate<Answer> which, double share) {
        double[] sorted = answers.stream()
                .filter(which)
                .mapToDouble(Answer::millis)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
