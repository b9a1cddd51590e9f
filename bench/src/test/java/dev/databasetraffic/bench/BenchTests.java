package dev.databasetraffic.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class BenchTests {

    @ParameterizedTest
    @CsvSource({
        "throughput, --rounds, 0",
        "throughput, --slices, -1",
        "throughput, --connections, '8,0'",
        "throughput, --connections, many",
        "path, --warm-up, 1e6",
        "path, --round-trip, 0",
        "path, --seconds, 0",
        "path, --seconds, NaN",
        "path, --seconds, 601",
        "startup, --rounds, 0",
        "open, --rates, '1000,0'",
        "generator, --rates, '1000,0'",
        "router, --slices, 0",
        "router, --envoy, no/such/envoy",
        "router, --toxiproxy, .",
        "ledger, --millions, 0",
        "rehearsal, --rate, 0",
        "rehearsal, --concurrency, 0",
        "rehearsal, --minutes, 0.3",
        "rehearsal, --minutes, long",
        "verdict, --rounds, 0",
        "startup, --jdk, no/such/jdk",
        "throughput, --java, no/such/java",
    })
    void valuesThatMeasureNothingAreRefusedByName(String command, String option, String value) {
        assertThatExceptionOfType(ParameterException.class)
                .isThrownBy(() -> Bench.commandLine().parseArgs(command, option, value))
                .withMessageContaining("'" + option + "'")
                .withMessageMatching(".*'[^']+' is no (whole number|number of seconds|number of minutes|program).*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "bin/java"})
    void javaIsNamedByItsHomeOrItself(String within) {
        String home = System.getProperty("java.home");

        CommandLine.ParseResult parsed = Bench.commandLine()
                .parseArgs("throughput", "--java", Path.of(home, within).toString());

        Path java = parsed.subcommand().matchedOptionValue("--java", Path.of(""));
        assertThat(java).isEqualTo(Path.of(home, "bin", "java"));
    }
}
