package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.mesh.check.Severity;
import dev.databasetraffic.rehearsal.checking.CheckReport;
import dev.databasetraffic.rehearsal.checking.CheckReport.Place;
import dev.databasetraffic.rehearsal.checking.CheckReport.Result;
import dev.databasetraffic.rehearsal.checking.CheckReport.Summary;
import dev.databasetraffic.rehearsal.checking.ReportForm;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A report for people.
 *
 * @param terminal colours it, or does not
 */
record CheckText(Terminal terminal, boolean showsAllowed) implements ReportForm {

    @Override
    public void write(CheckReport report, Writer out) throws IOException {
        List<String> lines = new ArrayList<>();
        String file = "";
        for (Result finding : report.findings()) {
            if (!finding.file().equals(file) && !file.isEmpty()) {
                lines.add("");
            }
            file = finding.file();
            add(lines, finding);
        }
        if (showsAllowed) {
            report.allowed().forEach(finding -> add(lines, finding));
        }
        if (!lines.isEmpty()) {
            lines.add("");
        }
        report.remarks().forEach(remark -> lines.add(terminal.styled(Terminal.Style.FAINT, remark)));
        for (Place skipped : report.skipped()) {
            lines.add(terminal.styled(Terminal.Style.FAINT, "not checked: " + skipped));
        }
        report.cannotTell().forEach(gap -> lines.add(terminal.styled(Terminal.Style.OPEN, "cannot tell: ") + gap));
        lines.add(last(report.summary(), report.cannotTell().size()));
        for (String line : lines) {
            out.write(line + "\n");
        }
    }

    private void add(List<String> lines, Result finding) {
        boolean allowed = finding.reason() != null;
        String what = allowed
                ? terminal.styled(Terminal.Style.FAINT, "allowed")
                : terminal.styled(style(finding.sureness()), finding.sureness().title());
        lines.add(terminal.styled(Terminal.Style.BOLD, finding.file() + ":" + finding.line()) + ": " + what + ": "
                + finding.title() + " (" + finding.id() + ")");
        lines.add("    " + finding.resource() + ": " + finding.why());
        if (allowed) {
            String reason = Objects.requireNonNull(finding.reason());
            lines.add("    Allowed: " + (reason.isEmpty() ? "the annotation does not say why." : reason));
        } else {
            lines.add("    Mend: " + finding.mend());
        }
    }

    private static Terminal.Style style(Severity severity) {
        return switch (severity) {
            case TRAP, REFUSED -> Terminal.Style.BAD;
            case UNKNOWN -> Terminal.Style.OPEN;
            case NOTE -> Terminal.Style.FAINT;
        };
    }

    private static String last(Summary summary, int gaps) {
        List<String> counts = new ArrayList<>();
        counts.add(summary.traps() == 0 ? "no trap" : counted(summary.traps(), "trap"));
        if (summary.refused() > 0) {
            counts.add(summary.refused() + " refused");
        }
        if (summary.unknown() + gaps > 0) {
            counts.add(summary.unknown() + gaps + " cannot tell");
        }
        if (summary.notes() > 0) {
            counts.add(counted(summary.notes(), "note"));
        }
        if (summary.allowed() > 0) {
            counts.add(summary.allowed() + " allowed by annotation");
        }
        if (summary.skipped() > 0) {
            counts.add(summary.skipped() + " not checked");
        }
        if (summary.problems() > 0) {
            counts.add(summary.problems() + " that cannot be read");
        }
        return String.join(", ", counts) + ", in " + counted(summary.manifests(), "manifest");
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
