package dev.databasetraffic.rehearsal.report;

import dev.databasetraffic.rehearsal.experiment.Check;
import dev.databasetraffic.rehearsal.experiment.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A run's verdict and its times, in Prometheus' text format: for its push gateway, or node_exporter's textfile collector. */
final class PrometheusText {

    private final StringBuilder text = new StringBuilder();

    private PrometheusText() {}

    static void write(Path file, Run run) throws IOException {
        Files.writeString(file, new PrometheusText().of(run));
    }

    private String of(Run run) {
        gauge("rehearsal_held", "1 if the hypothesis held.");
        sample("rehearsal_held", run.held() ? 1 : 0);
        gauge("rehearsal_completed", "1 if the rehearsal ran to its end, whatever it found.");
        sample("rehearsal_completed", run.status() == Run.Status.COMPLETED ? 1 : 0);
        gauge("rehearsal_end_timestamp_seconds", "When it ended.");
        sample("rehearsal_end_timestamp_seconds", run.end().getEpochSecond());
        gauge("rehearsal_check_held", "1 if that part of the hypothesis held; absent if it was not judged.");
        for (Check check : run.checks()) {
            if (check.result() != Check.Result.NOT_JUDGED) {
                sample(
                        "rehearsal_check_held{check=\"" + check.id() + "\"}",
                        check.result() == Check.Result.HELD ? 1 : 0);
            }
        }
        seconds(
                "rehearsal_recover_seconds",
                "Until a write succeeded again.",
                run.figures().recover());
        seconds(
                "rehearsal_longest_failure_seconds",
                "The longest that a caller waited for its failure.",
                run.figures().failures().count() == 0
                        ? null
                        : run.figures().failures().max());
        return text.toString();
    }

    private void seconds(String name, String help, @Nullable Duration value) {
        if (value != null) {
            gauge(name, help);
            text.append(String.format(Locale.ROOT, "%s %.3f\n", name, value.toNanos() / 1e9));
        }
    }

    private void gauge(String name, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
    }

    private void sample(String name, long value) {
        text.append(name).append(' ').append(value).append('\n');
    }
}
