package dev.databasetraffic.rehearsal.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HumanDurationTests {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "10s, PT10S", "1m30s, PT1M30S", "2h, PT2H", "5m, PT5M", "1h1m1s1ms, PT1H1M1.001S"})
    void aDurationIsReadAsPeopleWriteIt(String text, Duration duration) {
        assertThat(HumanDuration.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "-1s", "1.5s", "s", "10 s", "1s1m", "99999999999s", "PT1S", "1d"})
    void anythingElseIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HumanDuration.parse(text))
                .withMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0.0004S, 0.4 ms",
        "PT0.0123S, 12 ms",
        "PT0.9996S, 1.00 s",
        "PT5.43S, 5.43 s",
        "PT3S, 3 s",
        "PT10S, 10 s",
        "PT42.35S, 42.4 s",
        "PT3M20S, 3 min 20 s",
        "PT2H30M, 2 h 30 min"
    })
    void aDurationIsShownWithThreeDigitsAtMost(Duration duration, String text) {
        assertThat(HumanDuration.format(duration)).isEqualTo(text);
    }
}
