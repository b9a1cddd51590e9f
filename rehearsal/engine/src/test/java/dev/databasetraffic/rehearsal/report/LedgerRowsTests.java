package dev.databasetraffic.rehearsal.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.rehearsal.experiment.Answer;
import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Write;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerRowsTests {

    private final LedgerRows rows = new LedgerRows(new ObjectMapper());

    @ParameterizedTest(name = "{0} ns, {1} ns: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    0              | 0           | 0.0,0.0
                    1500000000     | 7000000     | 1.5,7.0
                    10040000000    | 12345678    | 10.04,12.346
                    86399999600000 | 10000200000 | 86400.0,10000.2
                    """)
    void timesHaveThreeDecimalsAtMost(long due, long latency, String times) {
        Write write = new Write(
                3,
                Duration.ofNanos(due),
                Duration.ofNanos(latency),
                new Answer(Outcome.AMBIGUOUS, 502, "a \"quoted\" one", false),
                Write.Settlement.WRITTEN);

        String row = "[" + times + ",\"AMBIGUOUS\",502,\"a \\\"quoted\\\" one\",\"WRITTEN\"]";
        assertThat(rows.row(write)).isEqualTo(row);
        assertThat(rows.row(write)).isEqualTo(row);
    }
}
