package dev.databasetraffic.rehearsal.report;

import dev.databasetraffic.rehearsal.experiment.Check;
import dev.databasetraffic.rehearsal.experiment.Run;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** A run as JUnit XML, so that any CI shows its checks as test cases: held, failed, or skipped if not judged. */
final class JUnitXml {

    private final JUnitWriter xml;

    private JUnitXml(JUnitWriter xml) {
        this.xml = xml;
    }

    static void write(Path file, Run run) throws IOException {
        try (Writer out = Files.newBufferedWriter(file)) {
            new JUnitXml(JUnitWriter.on(out)).write(run);
        }
    }

    private void write(Run run) throws IOException {
        xml.start("testsuite")
                .attribute("name", run.experiment().title())
                .attribute("timestamp", run.start())
                .attribute("time", seconds(run.duration()))
                .attribute("tests", run.checks().size() + problems(run))
                .attribute("failures", run.broken().size())
                .attribute("errors", problems(run))
                .attribute(
                        "skipped",
                        run.checks().stream()
                                .filter(check -> check.result() == Check.Result.NOT_JUDGED)
                                .count());
        xml.start("properties");
        for (Map.Entry<String, String> property : run.environment().entrySet()) {
            xml.start("property")
                    .attribute("name", property.getKey())
                    .attribute("value", property.getValue())
                    .end();
        }
        xml.end();
        for (Check check : run.checks()) {
            testCase(run, check);
        }
        if (run.problem() != null) {
            startCase(run, "The rehearsal runs to its end");
            xml.message("error", run.problem()).end();
        }
        xml.end().endDocument();
    }

    private void testCase(Run run, Check check) throws IOException {
        startCase(run, check.claim() + " (" + check.tolerance() + ")");
        switch (check.result()) {
            case HELD -> xml.start("system-out").text(check.observed()).end();
            case BROKEN ->
                xml.message("failure", "tolerated: " + check.tolerance() + "; observed: " + check.observed());
            case NOT_JUDGED -> xml.message("skipped", check.observed());
        }
        xml.end();
    }

    private void startCase(Run run, String name) throws IOException {
        xml.startCase("rehearsal." + run.place(), name);
    }

    private static int problems(Run run) {
        return run.problem() == null ? 0 : 1;
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }
}
