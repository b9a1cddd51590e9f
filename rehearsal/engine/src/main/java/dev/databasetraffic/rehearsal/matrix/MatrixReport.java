package dev.databasetraffic.rehearsal.matrix;

import static dev.databasetraffic.rehearsal.experiment.HumanDuration.format;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The matrix as a document for readers and as JSON for machines.
 *
 * @param command that makes it again
 * @param subject what is rehearsed, and on what database
 * @param clients what each is, by id
 * @param tolerances what the rows are held to
 * @param environment of the system that the rows were seen in, in order
 */
public record MatrixReport(
        String command,
        Map<String, String> environment,
        Subject subject,
        Map<String, String> clients,
        Experiment.Tolerances tolerances,
        List<Row> rows) {

    /** The service under test, and its database as a run describes it. */
    public record Subject(String service, String host, String database) {}

    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]<>()#|~&!]");

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /** Writes both files; durations in the JSON are seconds. */
    public void write(Path markdown, Path json) throws IOException {
        Files.writeString(markdown, markdown());
        JSON.writeValue(json.toFile(), this);
    }

    String markdown() {
        StringBuilder text = new StringBuilder("""
                # The fault matrix

                What callers of `%s` got while its way to `%s` (%s) was broken, and what became of their writes. Every row is
                one rehearsal: steady state, fault, recovery, settling of what was left unknown, and a comparison of every write
                with the database. A relay makes the faults, on the wire; see `rehearsal/faults`. Rows of `grpc`
                and `grpc-guarded` are of another service, on another gRPC server, behind TLS as well. Made by

                ```
                """.formatted(subject.service(), subject.host(), subject.database()));
        text.append(command).append("\n```\n\n");
        environment.forEach((name, value) ->
                text.append("- ").append(name).append(": ").append(value).append('\n'));
        text.append("""

                Columns: *open* is what the fault did to connections that were open (**cut** or **left**). *Callers got* counts
                failed writes by HTTP status and problem type. *p50 / p99* is how long callers waited for those failures.
                *First failure* counts from the fault's begin, *back after* from its end to the first success; – means that
                there was none. *Unknown → settled*: writes answered "outcome unknown", and those of them that repeating the
                request with the same key settled. *Lost, doubled, phantom*: acknowledged but not stored, stored twice,
                stored though reported as not written.
                """);
        Map<String, List<Row>> byClient =
                rows.stream().collect(Collectors.groupingBy(Row::client, LinkedHashMap::new, Collectors.toList()));
        byClient.forEach((client, all) -> table(text, client, all));
        return text.toString();
    }

    private void table(StringBuilder text, String client, List<Row> rows) {
        text.append("\n## `")
                .append(client)
                .append("`: ")
                .append(escaped(clients.getOrDefault(client, "not described")));
        text.append("\n\n");
        text.append("| fault | the service sees | open | for | callers got | p50 / p99 | first failure | back after"
                + " | unknown → settled | lost, doubled, phantom |\n");
        text.append("|---|---|---|---|---|---|---|---|---|---|\n");
        rows.forEach(row -> text.append(line(row)).append('\n'));
        List<Row> broken = rows.stream().filter(row -> !row.isGood()).toList();
        text.append("\nOutside the bars (")
                .append(bars())
                .append("): ")
                .append(broken.isEmpty() ? "none of " + rows.size() + " rows.\n" : "\n\n");
        broken.forEach(row -> text.append("- ")
                .append(row.fault())
                .append(", ")
                .append(row.connections().text())
                .append(", ")
                .append(format(row.outage()))
                .append(": ")
                .append(escaped(String.join("; ", row.defects())))
                .append('\n'));
    }

    private String bars() {
        List<String> bars = new ArrayList<>();
        Duration failure = tolerances.failure99();
        if (failure != null) {
            bars.add("99 of 100 failures within " + format(failure));
        }
        Duration recover = tolerances.recover();
        if (recover != null) {
            bars.add("back within " + format(recover));
        }
        bars.add("nothing lost, doubled or unresolved");
        return String.join(", ", bars);
    }

    private static String line(Row row) {
        return "| "
                + String.join(
                        " | ",
                        List.of(
                                "`" + row.fault() + "`",
                                row.seen(),
                                row.connections().text(),
                                format(row.outage()),
                                answers(row),
                                row.failures().count() == 0
                                        ? "–"
                                        : format(row.failures().p50()) + " / "
                                                + format(row.failures().p99()),
                                time(row.firstFailure()),
                                time(row.recover()),
                                row.unknown() + " → " + row.settled(),
                                row.lost() < 0
                                        ? "not read back"
                                        : row.lost() + ", " + row.duplicates() + ", " + row.phantoms()))
                + " |";
    }

    private static String answers(Row row) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Figures.AnswerFigures answer : row.answers()) {
            String status = answer.answer().status() == 0 ? "" : answer.answer().status() + " ";
            String kind = escaped(answer.answer().kind().replaceFirst("^urn:problem:[^:]+:", ""));
            counts.merge((status + kind).trim(), answer.latency().count(), Integer::sum);
        }
        return counts.isEmpty()
                ? "no failure"
                : counts.entrySet().stream()
                        .map(entry -> entry.getValue() + " × " + entry.getKey())
                        .collect(Collectors.joining("<br>"));
    }

    /** What others said, as text alone: no markup, and no end of a cell or a line. */
    private static String escaped(String said) {
        return MARKUP.matcher(said.replaceAll("\\R", " ")).replaceAll("\\\\$0");
    }

    private static String time(@Nullable Duration duration) {
        return duration == null ? "–" : format(duration);
    }
}
