package dev.databasetraffic.rehearsal.checking;

import dev.databasetraffic.rehearsal.checking.CheckReport.Place;
import dev.databasetraffic.rehearsal.checking.CheckReport.Result;
import java.io.IOException;
import java.io.Writer;

/**
 * Commands to GitHub's runner, which shows them as annotations of the lines.
 *
 * @see <a href="https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions">Workflow commands</a>
 */
public final class GitHubForm implements ReportForm {

    @Override
    public void write(CheckReport report, Writer out) throws IOException {
        for (Place problem : report.problems()) {
            command(out, "error", problem.file(), problem.line(), "cannot be read", problem.what());
        }
        for (Result finding : report.findings()) {
            command(
                    out,
                    command(finding),
                    finding.file(),
                    finding.line(),
                    finding.title() + " (" + finding.id() + ")",
                    finding.resource() + ": " + finding.why() + " Mend: " + finding.mend());
        }
        for (String gap : report.cannotTell()) {
            out.write("::warning title=cannot tell::" + data(gap) + "\n");
        }
        for (Place skipped : report.skipped()) {
            command(out, "notice", skipped.file(), skipped.line(), "not checked", skipped.what());
        }
    }

    private static String command(Result finding) {
        return switch (finding.sureness()) {
            case TRAP, REFUSED -> "error";
            case UNKNOWN -> "warning";
            case NOTE -> "notice";
        };
    }

    private static void command(Writer out, String command, String file, int line, String title, String message)
            throws IOException {
        out.write("::" + command + " file=" + property(file) + (line == 0 ? "" : ",line=" + line) + ",title="
                + property(title) + "::" + data(message) + "\n");
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
