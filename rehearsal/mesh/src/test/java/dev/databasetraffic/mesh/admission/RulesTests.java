package dev.databasetraffic.mesh.admission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTests {

    private static final Path SCHEMAS = Path.of("src/main/resources/dev/databasetraffic/mesh/admission/schemas.jsonl");

    @Test
    void everyRecordedRuleIsKnownButThoseOfKindsThatRouteNoConnections() throws IOException {
        Set<String> kinds = new TreeSet<>();
        for (String line : Files.readAllLines(SCHEMAS)) {
            int tab = line.indexOf('\t');
            JsonNode schema = new JsonMapper().readTree(line.substring(tab + 1));
            for (JsonNode rules : schema.findValues("x-kubernetes-validations")) {
                for (JsonNode rule : rules) {
                    if (Rules.read(rule.path("rule").asText()) == null) {
                        kinds.add(line.substring(line.lastIndexOf(' ', tab) + 1, tab));
                    }
                }
            }
        }

        // A GatewayClass compares with what it was before, and nothing was before.
        assertThat(kinds)
                .containsExactly(
                        "BackendTLSPolicy", "GRPCRoute", "Gateway", "GatewayClass", "HTTPRoute", "ListenerSet");
    }

    @ParameterizedTest
    @CsvSource({
        "1ms, 1000000",
        "1h1m1s, 3661000000000",
        "1.5s, 1500000000",
        "-1s, -1000000000",
        "0, 0",
        "1us, 1000",
        ".5s, 500000000",
        "1, -7",
        "s, -7",
        "'', -7",
        "1 s, -7",
        "1d, -7",
        "9999999999h, -7"
    })
    void lengthsOfTimeAreReadAsGoReadsThem(String text, long nanos) {
        assertThat(Durations.nanos(text).orElse(-7L)).isEqualTo(nanos);
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1, true",
        "10.0.0.256, false",
        "10.0.0, false",
        "010.0.0.1, false",
        "::, true",
        "::1, true",
        "fe80::1%eth0, true",
        "1:2:3:4:5:6:7:8, true",
        "1:2:3:4:5:6:7, false",
        "1::2::3, false",
        "::ffff:10.0.0.1, true",
        "1:2:3:4:5:6:7::8, false",
        "12345::, false",
        "10.0.0.0/8, true",
        "10.0.0.0/33, false",
        "10.0.0.0/08, false",
        "fe80::/64, true",
        "fe80::/129, false",
        "10.0.0.0/8/8, false",
        "a.example, false",
        "'', false"
    })
    void addressesAndRangesAreReadAsGoReadsThem(String text, boolean is) {
        assertThat(Addresses.isAddressOrRange(text)).isEqualTo(is);
    }
}
