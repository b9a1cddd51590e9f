package dev.databasetraffic.databases.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.databasetraffic.databases.DatabaseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountingQueryTests {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select a, 1 from b where a like :prefix",
                "select a, 1 from b where a like :prefix or c like :prefix",
                "select a::text, ':a', \":b\", `:c`, $$:d$$, $x$ $y$:e$x$ from f where a like :prefix -- :g",
                "select a, /* :b \n :c */ 'it''s :d' from e where a like :prefix"
            })
    void thePrefixIsTheOnlyParameterAndAColonElsewhereIsNone(String query) throws DatabaseException {
        assertThat(CountingQuery.parse(query).sql()).isEqualTo(query.replace(":prefix", "?"));
    }

    @Test
    void anotherParameterIsRefused() {
        assertRefused("select a, 1 from b where a like :prefix and c = :tenant", ":tenant");
        assertRefused("select a, 1 from b where a like :prefixes", ":prefixes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select a, 1 from b", "select a, ':prefix' from b -- :prefix", ""})
    void aQueryWithoutThePrefixIsRefused(String query) {
        assertRefused(query, "has no :prefix");
    }

    @Test
    void whatLikeWouldTakeForAPatternIsTakenAsItIs() {
        assertThat(CountingQuery.pattern("run_1%\\")).isEqualTo("run\\_1\\%\\\\%");
    }

    private static void assertRefused(String query, String reason) {
        assertThatThrownBy(() -> CountingQuery.parse(query))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("like :prefix");
    }
}
