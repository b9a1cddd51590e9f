package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.rehearsal.checking.CheckReport;
import dev.databasetraffic.rehearsal.checking.FailOn;
import dev.databasetraffic.rehearsal.checking.GitHubForm;
import dev.databasetraffic.rehearsal.checking.JUnitForm;
import dev.databasetraffic.rehearsal.checking.JsonForm;
import dev.databasetraffic.rehearsal.checking.ReportForm;
import dev.databasetraffic.rehearsal.checking.SarifForm;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How and where a check tells what it found. */
final class CheckOutputOptions {

    enum Form {
        TEXT,
        JSON,
        SARIF,
        JUNIT,
        GITHUB
    }

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            defaultValue = "text",
            description = "text, json, sarif, junit or github. Default: ${DEFAULT-VALUE}.")
    private Form form = Form.TEXT;

    @Option(
            names = "--output-file",
            paramLabel = "FILE",
            description = "Write that form to this file, and text to the terminal.")
    private @Nullable Path file;

    @Option(names = "--show-suppressed", description = "In text: tell also what annotations on resources allow.")
    private boolean showSuppressed;

    @Option(
            names = "--docs",
            paramLabel = "URL",
            description = "Where SARIF's readers find docs/checks.md. By default in the folder of this suite.")
    private @Nullable URI docs;

    @Mixin
    private Display display = new Display();

    void write(CheckReport report, FailOn failOn) throws PlaceException, IOException {
        // Closing it would close standard output.
        Writer terminal = Objects.requireNonNull(spec).commandLine().getOut();
        if (file == null) {
            form(failOn, display.terminal()).write(report, terminal);
        } else {
            try (Writer out = Files.newBufferedWriter(file)) {
                form(failOn, Terminal.standard(false, false, false)).write(report, out);
            } catch (IOException e) {
                throw new PlaceException("--output-file " + file + " cannot be written: " + e + ".", e);
            }
            text(display.terminal()).write(report, terminal);
        }
        terminal.flush();
    }

    private ReportForm form(FailOn failOn, Terminal terminal) {
        return switch (form) {
            case TEXT -> text(terminal);
            case JSON -> new JsonForm();
            case SARIF ->
                new SarifForm(
                        docs != null
                                ? docs
                                : Options.home().resolve("docs/checks.md").toUri());
            case JUNIT -> new JUnitForm(failOn);
            case GITHUB -> new GitHubForm();
        };
    }

    private ReportForm text(Terminal terminal) {
        return new CheckText(terminal, showSuppressed);
    }
}
