package dev.databasetraffic.rehearsal.checking;

import dev.databasetraffic.rehearsal.checking.CheckReport.Place;
import dev.databasetraffic.rehearsal.checking.CheckReport.ReadResource;
import dev.databasetraffic.rehearsal.checking.CheckReport.Result;
import dev.databasetraffic.rehearsal.report.JUnitWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * JUnit XML with a case for each resource, which fails where the command does.
 *
 * @param failOn what a case fails for
 */
public record JUnitForm(FailOn failOn) implements ReportForm {

    private static final String SUITE = "rehearse check";

    @Override
    public void write(CheckReport report, Writer out) throws IOException {
        Map<ReadResource, List<Result>> findings =
                report.findings().stream().collect(Collectors.groupingBy(Result::resource));
        Map<ReadResource, List<Result>> allowed =
                report.allowed().stream().collect(Collectors.groupingBy(Result::resource));
        int skipped = report.skipped().size() + report.cannotTell().size();
        JUnitWriter xml = JUnitWriter.on(out);
        xml.start("testsuite")
                .attribute("name", SUITE)
                .attribute(
                        "tests", report.resources().size() + report.problems().size() + skipped)
                .attribute(
                        "failures",
                        findings.values().stream().filter(this::fails).count())
                .attribute("errors", report.problems().size())
                .attribute("skipped", skipped);
        for (Place problem : report.problems()) {
            xml.startCase(problem.file(), problem.file())
                    .message("error", problem.toString())
                    .end();
        }
        for (ReadResource resource : report.resources()) {
            testCase(
                    xml,
                    resource,
                    findings.getOrDefault(resource, List.of()),
                    allowed.getOrDefault(resource, List.of()));
        }
        for (Place file : report.skipped()) {
            xml.startCase(file.file(), file.file())
                    .message("skipped", file.toString())
                    .end();
        }
        for (String gap : report.cannotTell()) {
            xml.startCase(SUITE, "cannot tell").message("skipped", gap).end();
        }
        xml.end().endDocument();
    }

    private void testCase(JUnitWriter xml, ReadResource resource, List<Result> findings, List<Result> allowed)
            throws IOException {
        xml.startCase(resource.file(), resource + " (line " + resource.line() + ")");
        List<Result> failures = findings.stream()
                .filter(finding -> failOn.includes(finding.sureness()))
                .toList();
        if (!failures.isEmpty()) {
            xml.start("failure")
                    .attribute("type", failures.get(0).id())
                    .attribute("message", failures.get(0).title())
                    .text(lines(failures.stream()))
                    .end();
        }
        List<Result> others = new ArrayList<>(findings);
        others.removeAll(failures);
        others.addAll(allowed);
        if (!others.isEmpty()) {
            xml.start("system-out").text(lines(others.stream())).end();
        }
        xml.end();
    }

    private boolean fails(List<Result> findings) {
        return findings.stream().anyMatch(finding -> failOn.includes(finding.sureness()));
    }

    private static String lines(Stream<Result> findings) {
        return findings.map(finding -> finding.file() + ":" + finding.line() + ": "
                        + (finding.reason() == null ? finding.severity() : "allowed") + " (" + finding.id() + "): "
                        + finding.why() + " Mend: " + finding.mend())
                .collect(Collectors.joining("\n"));
    }
}
