package dev.databasetraffic.bench.load;

/**
 * What the load generator saw.
 *
 * @param sent requests
 * @param answered whole responses of any status
 * @param refused responses of status 400 and above
 * @param socketErrors connections that failed, and requests without a response in time
 * @param seconds from the first request to the last response
 * @param p50 latency in microseconds, like the other percentiles; wrk counts a stall against every request that it held up
 */
public record LoadResult(
        long sent,
        long answered,
        long refused,
        long socketErrors,
        double seconds,
        double p50,
        double p99,
        double p999,
        double max) {

    public long acknowledged() {
        return answered - refused;
    }

    public double perSecond() {
        return acknowledged() / seconds;
    }

    /** Whether every request was acknowledged. */
    public boolean isClean() {
        return refused == 0 && isAnswered();
    }

    /** Whether every request was answered, be it with a refusal. */
    boolean isAnswered() {
        return socketErrors == 0 && answered == sent;
    }
}
