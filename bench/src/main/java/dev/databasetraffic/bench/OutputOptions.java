package dev.databasetraffic.bench;

import dev.databasetraffic.bench.report.LoadResults;
import dev.databasetraffic.bench.report.Publication;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where the figures go. */
final class OutputOptions {

    @Option(
            names = "--out",
            defaultValue = "bench/target/results",
            description = "folder for JSON, tables and plots (default: ${DEFAULT-VALUE})")
    private Path out = Path.of("bench/target/results");

    @Option(names = "--publish", description = "also put them into bench/results and bench/README.md")
    private boolean publish;

    /** Writes the files, and prints the tables. */
    void write(SubjectOptions subjects, String name, Object results, String tables) throws IOException {
        Publication files = new Publication(out);
        files.json(name, results);
        files.markdown(name, tables);
        System.out.println(tables);
        if (publish) {
            new Publication(subjects.results()).json(name, results);
            Publication.section(subjects.page(), name, tables);
        }
    }

    void plot(SubjectOptions subjects, String name, String picture) throws IOException {
        new Publication(out).svg(name, picture);
        if (publish) {
            new Publication(subjects.results()).svg(name, picture);
        }
    }

    /** The exit code. */
    static int verdict(LoadResults results) {
        return results.isAccountedFor() ? 0 : 1;
    }
}
