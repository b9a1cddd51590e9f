package dev.databasetraffic.rehearsal.report;

import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.experiment.Write;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files that a run leaves in its folder. */
public record Reports(Path folder) {

    /**
     * Makes the folder, or finds that it cannot be written to before anything is started.
     *
     * @throws ReportException if nothing can be written there
     */
    public static Reports in(Path folder) throws ReportException {
        try {
            Files.createDirectories(folder);
            Files.delete(Files.createTempFile(folder, ".writable", ""));
            return new Reports(folder);
        } catch (IOException e) {
            throw new ReportException(
                    folder + ": the reports cannot be written there" + reason(e)
                            + "; give a folder that can be written to, e.g. --out /tmp/rehearsal",
                    e);
        }
    }

    /** The journal's file. */
    public Path journal() {
        return folder.resolve("journal.json");
    }

    /** The page's file. */
    public Path page() {
        return folder.resolve("report.html");
    }

    /** The file for a CI. */
    public Path junit() {
        return folder.resolve("junit.xml");
    }

    /**
     * Writes the journal and all that is made of it.
     *
     * @throws ReportException if a file cannot be written
     */
    public void write(Run run, Stream<Write> writes) throws ReportException {
        try {
            Journal.write(journal(), run, writes);
            render(run);
        } catch (IOException e) {
            throw new ReportException(folder + ": the reports could not be written" + reason(e), e);
        }
    }

    /**
     * Makes page, picture and JUnit XML of a journal's run again.
     *
     * @throws ReportException if a file cannot be written
     */
    public void render(Run run) throws ReportException {
        try {
            JUnitXml.write(junit(), run);
            Files.writeString(page(), Page.of(run));
            if (!run.spans().isEmpty()) {
                Files.writeString(folder.resolve("timeline.svg"), TimelinePicture.alone(run));
            }
        } catch (IOException e) {
            throw new ReportException(folder + ": the reports could not be written" + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return " (permission denied)";
        }
        String reason = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
        return reason == null ? "" : " (" + reason + ")";
    }
}
