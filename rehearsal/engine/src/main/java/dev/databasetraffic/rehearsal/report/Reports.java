package dev.databasetraffic.rehearsal.report;

import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.experiment.Write;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** The file for Prometheus. */
    Path metrics() {
        return folder.resolve("metrics.prom");
    }

    /**
     * Writes the journal and all that is made of it, the small before the large.
     *
     * @throws ReportException if a file cannot be written, with its name; all that can be is there whole
     */
    public void write(Run run, Stream<Write> writes) throws ReportException {
        List<Part> parts = new ArrayList<>(rendered(run));
        parts.add(new Part(journal(), file -> Journal.write(file, run, writes)));
        write(parts);
    }

    /**
     * Makes page, picture and JUnit XML of a journal's run again.
     *
     * @throws ReportException if a file cannot be written, with its name; all that can be is there whole
     */
    public void render(Run run) throws ReportException {
        write(rendered(run));
    }

    private List<Part> rendered(Run run) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part(junit(), file -> JUnitXml.write(file, run)));
        parts.add(new Part(metrics(), file -> PrometheusText.write(file, run)));
        parts.add(new Part(page(), file -> Files.writeString(file, Page.of(run))));
        if (!run.spans().isEmpty()) {
            parts.add(new Part(
                    folder.resolve("timeline.svg"), file -> Files.writeString(file, TimelinePicture.alone(run))));
        }
        return parts;
    }

    private void write(List<Part> parts) throws ReportException {
        List<String> missing = new ArrayList<>();
        IOException first = null;
        for (Part part : parts) {
            try {
                part.content.writeTo(part.file);
            } catch (IOException e) {
                missing.add(part.file.getFileName() + reason(e));
                first = first == null ? e : first;
                deleteHalf(part.file);
            }
        }
        if (first != null) {
            throw new ReportException(folder + ": could not be written: " + String.join(", ", missing), first);
        }
    }

    /** Half a file reads as a whole one, and takes the room that the next one needs. */
    private static void deleteHalf(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It is named as missing all the same.
        }
    }

    private record Part(Path file, Content content) {}

    private interface Content {
        void writeTo(Path file) throws IOException;
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return " (permission denied)";
        }
        String reason = e instanceof FileSystemException known ? known.getReason() : e.getMessage();
        return reason == null ? "" : " (" + reason + ")";
    }
}
