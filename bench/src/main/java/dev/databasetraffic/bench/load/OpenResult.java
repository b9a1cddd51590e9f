package dev.databasetraffic.bench.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What came of requests that began at a fixed rate.
 *
 * @param from when the first was due
 * @param answers in the order in which their requests were due, one for each
 */
public record OpenResult(LoadStage stage, Instant from, List<Answer> answers) {

    private static final int UNAVAILABLE = 503;
    private static final int NOT_SENT = -1;

    /**
     * What one caller got.
     *
     * @param plant the name of the plant, where one is added
     * @param status 0 if there was no answer, -1 if the request could not be sent
     * @param late milliseconds from when the request was due until it was sent
     * @param millis from when the request was due until its answer was read
     */
    public record Answer(String plant, int status, double late, double millis) {

        /** Done as was asked. */
        boolean isAcknowledged() {
            return status >= 200 && status < 300;
        }

        boolean isRefused() {
            return status == UNAVAILABLE;
        }
    }

    /** When the last had been due. */
    public Instant to() {
        return from.plus(stage.duration());
    }

    /** What came of those that were due from then until then. */
    public OpenResult between(Instant start, Instant end) {
        int first = number(start);
        return new OpenResult(
                new LoadStage(stage.rate(), Duration.between(start, end)), start, answers.subList(first, number(end)));
    }

    /** Of the first request that was due from then on. */
    private int number(Instant at) {
        double due = Duration.between(from, at).toNanos() / 1e9 * stage.rate();
        return (int) Math.max(0, Math.min(answers.size(), Math.ceil(due)));
    }

    public long due() {
        return answers.size();
    }

    public long acknowledged() {
        return answers.stream().filter(Answer::isAcknowledged).count();
    }

    public long refused() {
        return answers.stream().filter(Answer::isRefused).count();
    }

    /** Neither acknowledged nor refused, and those that were never sent. */
    public long failed() {
        return due() - acknowledged() - refused();
    }

    /** Those that got an answer, whatever it said. */
    public long answered() {
        return answers.stream().filter(answer -> answer.status() > 0).count();
    }

    /** Of those that failed. */
    public long notSent() {
        return answers.stream().filter(answer -> answer.status() == NOT_SENT).count();
    }

    /** Those that were acknowledged in a second of the time that it took, to the last answer. */
    public double goodput() {
        double last = IntStream.range(0, answers.size())
                .mapToDouble(n -> dueMillis(n) + answers.get(n).millis())
                .max()
                .orElse(0);
        return acknowledged() / (Math.max(last, stage.duration().toMillis()) / 1000);
    }

    /** Of those that were acknowledged, in milliseconds. */
    public double acknowledgedWithin(double share) {
        return percentile(Answer::isAcknowledged, share);
    }

    /** Of those that were refused, in milliseconds. */
    public double refusedWithin(double share) {
        return percentile(Answer::isRefused, share);
    }

    /** How late requests were sent: what the generator, and not who answers, is to blame for. */
    public double sentLate(double share) {
        double[] sorted = answers.stream().mapToDouble(Answer::late).sorted().toArray();
        return quantile(sorted, share);
    }

    public double longest() {
        return answers.stream().mapToDouble(Answer::millis).max().orElse(0);
    }

    /**
     * When all was well again: the time of the last request that was not acknowledged within {@code bound}.
     *
     * @return zero if there was none such
     */
    public Duration normalAfter(Duration bound) {
        return IntStream.range(0, answers.size())
                .filter(n -> !answers.get(n).isAcknowledged() || answers.get(n).millis() > bound.toMillis())
                .boxed()
                .max(Comparator.naturalOrder())
                .map(last -> Duration.ofNanos(Math.round(dueMillis(last + 1) * 1e6)))
                .orElse(Duration.ZERO);
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

    private double dueMillis(int number) {
        return number * 1000.0 / stage.rate();
    }

    private double percentile(Predicate<Answer> which, double share) {
        return quantile(
                answers.stream()
                        .filter(which)
                        .mapToDouble(Answer::millis)
                        .sorted()
                        .toArray(),
                share);
    }

    static double quantile(double[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
