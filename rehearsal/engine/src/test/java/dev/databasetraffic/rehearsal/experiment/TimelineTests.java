package dev.databasetraffic.rehearsal.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineTests {

    private static final Answer STORED = new Answer(Outcome.ACKNOWLEDGED, 201, "", true);
    private static final Answer FAILED = new Answer(Outcome.NOT_WRITTEN, 503, "urn:down", true);

    private final Ledger ledger = new Ledger();

    @Test
    void aWriteBelongsToTheSliceInWhichItWasDue() {
        write(0, 10, STORED);
        write(240, 20, STORED);
        write(260, 2000, FAILED);

        Timeline timeline = Timeline.of(ledger, Duration.ofSeconds(1));

        assertThat(timeline.slice()).isEqualTo(Duration.ofMillis(250));
        assertThat(timeline.slices()).hasSize(4);
        assertThat(timeline.slices().get(0))
                .isEqualTo(new Timeline.Slice(Map.of(Outcome.ACKNOWLEDGED, 2), range(10, 10, 20), null));
        assertThat(timeline.slices().get(1))
                .isEqualTo(new Timeline.Slice(Map.of(Outcome.NOT_WRITTEN, 1), null, range(2000, 2000, 2000)));
    }

    @Test
    void aLongRunHasLongerSlicesRatherThanMore() {
        assertThat(Timeline.of(ledger, Duration.ofMillis(40_400)).slices()).hasSize(80);
        assertThat(Timeline.of(ledger, Duration.ofHours(24)).slices()).hasSizeBetween(20, 90);
    }

    private void write(long start, long latency, Answer answer) {
        long begin = Duration.ofMillis(start).toNanos();
        ledger.end(ledger.begin(begin), begin + Duration.ofMillis(latency).toNanos(), answer);
    }

    private static Timeline.Range range(long min, long median, long max) {
        return new Timeline.Range(Duration.ofMillis(min), Duration.ofMillis(median), Duration.ofMillis(max));
    }
}
