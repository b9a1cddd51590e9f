package dev.databasetraffic.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountsTests {

    private final Counts counts = new Counts("The query", "run-");

    @Test
    void countsOfOneKeyAreAddedAndNoneIsAbsent() throws DatabaseException {
        counts.add("run-1", "2");
        counts.add("run-1", " 1.0 ");
        counts.add("run-2", 0);

        assertThat(counts.all()).isEqualTo(Map.of("run-1", 3));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"many", "1.5", "", "4294967297", "NaN"})
    void whatIsNoWholeNumberIsRefused(@Nullable String count) {
        assertThatThrownBy(() -> counts.add("run-1", count))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("The query gave \"" + count + "\" as the count of \"run-1\"");
    }

    @Test
    void lessThanNothingIsRefused() {
        assertThatThrownBy(() -> counts.add("run-1", "-1")).isInstanceOf(DatabaseException.class);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "RUN-1", "another"})
    void aKeyOfAnotherRunIsRefused(@Nullable String key) {
        assertThatThrownBy(() -> counts.add(key, 1))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("begins with \"run-\"");
    }
}
