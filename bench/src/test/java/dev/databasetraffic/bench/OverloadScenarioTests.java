package dev.databasetraffic.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverloadScenarioTests {

    @ParameterizedTest
    @CsvSource({"ADD, 6, 6, 1", "ADD_INTERMITTENT, 6, 10, 0.6", "ADD_INTERMITTENT, 10, 10, 0.6"})
    void aRateLastsUntilTheDatabaseWasThereForItsPartOfTheTime(
            OverloadScenario scenario, long asked, long lasts, double there) {
        assertThat(scenario.atLeast(Duration.ofSeconds(asked))).isEqualTo(Duration.ofSeconds(lasts));
        assertThat(scenario.there()).isEqualTo(there);
    }
}
