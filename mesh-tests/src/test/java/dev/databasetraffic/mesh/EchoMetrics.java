package dev.databasetraffic.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What echo itself counts. */
final class EchoMetrics {

    private static final Pattern SAMPLE =
            Pattern.compile("^(echo_\\w+_total)\\{.*listener=\"(\\w+)\".*} ([0-9.E]+)$", Pattern.MULTILINE);
    private static final List<String> CURL = List.of("curl", "-fsS", "http://127.0.0.1:8081/actuator/prometheus");

    private final String[] command;

    private EchoMetrics(String... inEcho) {
        command = Stream.concat(Stream.of(inEcho), CURL.stream()).toArray(String[]::new);
    }

    static EchoMetrics inCluster() {
        return new EchoMetrics("kubectl", "-n", "plants", "exec", "deployment/echo", "-c", "echo", "--");
    }

    static EchoMetrics inCompose() {
        return new EchoMetrics("docker", "compose", "exec", "-T", "echo");
    }

    /**
     * What each listener has seen since echo's start; one that has taken no connection yet may be absent.
     *
     * @param connections connections taken
     * @param received bytes received
     */
    record Seen(Map<String, Long> connections, Map<String, Long> received) {

        /** The listeners of which a figure is higher than before. */
        Set<String> grown(Seen before, Function<Seen, Map<String, Long>> figure) {
            return figure.apply(this).entrySet().stream()
                    .filter(entry -> entry.getValue() > figure.apply(before).getOrDefault(entry.getKey(), 0L))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
        }
    }

    Seen seen() {
        String metrics = Project.run(command);
        assertThat(metrics).contains("echo_connections");
        return new Seen(counts(metrics, "echo_connections_total"), counts(metrics, "echo_received_bytes_total"));
    }

    private static Map<String, Long> counts(String metrics, String name) {
        Map<String, Long> counts = new TreeMap<>();
        SAMPLE.matcher(metrics)
                .results()
                .filter(result -> result.group(1).equals(name))
                .forEach(
                        result -> counts.merge(result.group(2), (long) Double.parseDouble(result.group(3)), Long::sum));
        return counts;
    }
}
