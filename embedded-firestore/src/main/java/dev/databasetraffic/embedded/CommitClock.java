package dev.databasetraffic.embedded;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Tells microseconds, and never the same one twice. Guarded by the store's lock. */
final class CommitClock {

    private final Clock clock;
    private long last;

    CommitClock(Clock clock) {
        this.clock = clock;
    }

    Timestamp next() {
        Instant now = clock.instant();
        long micros = TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + TimeUnit.NANOSECONDS.toMicros(now.getNano());
        last = Math.max(last + 1, micros);
        return Timestamps.fromMicros(last);
    }
}
