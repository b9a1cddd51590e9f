package dev.databasetraffic.rehearsal.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MarkersTests {

    @Test
    void aFailureBeforeTheLastConnectionEndedIsNotOneOfNoWaiting() {
        assertThat(markers(2, 5).failedBeforeCutOff()).isTrue();
        assertThat(markers(5, 5).failedBeforeCutOff()).isFalse();
        assertThat(markers(6, 5).failedBeforeCutOff()).isFalse();
        assertThat(markers(null, 5).failedBeforeCutOff()).isFalse();
    }

    private static Markers markers(@Nullable Integer firstFailure, int oldConnectionGone) {
        return new Markers(
                Duration.ofSeconds(1),
                Duration.ofSeconds(oldConnectionGone),
                null,
                firstFailure == null ? null : Duration.ofSeconds(firstFailure),
                null,
                null);
    }
}
