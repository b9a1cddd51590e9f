package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import java.time.Instant;

/** One time axis for a run: nanoseconds since its start, which wall-clock times of other processes are mapped onto. */
record RunClock(Instant start, long origin) {

    static RunClock startNow() {
        return new RunClock(Instant.now(), System.nanoTime());
    }

    long elapsed() {
        return System.nanoTime() - origin;
    }

    Duration now() {
        return Duration.ofNanos(elapsed());
    }

    Duration at(Instant instant) {
        return Duration.between(start, instant);
    }
}
