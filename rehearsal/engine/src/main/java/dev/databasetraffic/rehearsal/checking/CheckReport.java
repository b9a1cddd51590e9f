package dev.databasetraffic.rehearsal.checking;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.databasetraffic.mesh.check.Allowances.Allowed;
import dev.databasetraffic.mesh.check.Finding;
import dev.databasetraffic.mesh.check.Severity;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.Printable;
import dev.databasetraffic.mesh.manifest.Skipped;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a check came to, each text of it on one line. In JSON it is what {@code docs/check-report.schema.json} describes.
 *
 * @param version of the form; members may be added within one, and nothing else changes
 * @param findings by file and line
 * @param allowed findings that their resources' annotations allow, likewise
 * @param problems what was named or meant as a manifest and could not be read
 * @param cannotTell what could not be looked at besides, and why
 * @param remarks how the rest was read
 * @param resources everything that was read
 */
public record CheckReport(
        int version,
        Summary summary,
        List<Result> findings,
        List<Result> allowed,
        List<Place> skipped,
        List<Place> problems,
        List<String> cannotTell,
        List<String> remarks,
        @JsonIgnore List<ReadResource> resources) {

    public static final int VERSION = 1;

    /** How many of each there are. */
    public record Summary(
            int manifests,
            long traps,
            long refused,
            long unknown,
            long notes,
            int allowed,
            int skipped,
            int problems) {}

    /**
     * A finding.
     *
     * @param id of the kind of finding
     * @param severity in lower case
     * @param line from 1
     * @param reason why its author allows it, null if it is not allowed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            String id,
            String severity,
            String title,
            String file,
            int line,
            ReadResource resource,
            String why,
            String mend,
            @Nullable String reason) {

        static Result of(Finding finding, @Nullable String reason) {
            return new Result(
                    finding.trap().id(),
                    finding.severity().name().toLowerCase(Locale.ROOT),
                    finding.trap().title(),
                    Printable.of(finding.manifest().file().toString()),
                    finding.line(),
                    ReadResource.of(finding.manifest()),
                    Printable.of(finding.why()),
                    Printable.of(finding.mend()),
                    reason == null ? null : Printable.of(reason));
        }

        static Result of(Allowed allowed) {
            return of(allowed.finding(), allowed.reason());
        }

        public Severity sureness() {
            return Severity.valueOf(severity.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * A resource that was read, and where.
     *
     * @param title its kind and name, with the namespace if it is in one
     */
    public record ReadResource(
            String apiVersion,
            String kind,
            String namespace,
            String name,
            @JsonIgnore String title,
            @JsonIgnore String file,
            @JsonIgnore int line) {

        static ReadResource of(Manifest manifest) {
            return new ReadResource(
                    Printable.of(manifest.apiVersion()),
                    Printable.of(manifest.kind()),
                    Printable.of(manifest.namespace()),
                    Printable.of(manifest.name()),
                    Printable.of(manifest.toString()),
                    Printable.of(manifest.file().toString()),
                    manifest.line());
        }

        @Override
        public String toString() {
            return title;
        }
    }

    /**
     * Something that is said about a file.
     *
     * @param line from 1, or 0 where the whole file is meant
     */
    public record Place(String file, int line, String what) {

        static Place of(Skipped skipped) {
            return new Place(
                    Printable.of(skipped.file().toString()), skipped.line(), "is " + Printable.of(skipped.what()));
        }

        static Place of(ManifestException problem) {
            String file = Printable.of(problem.file().toString());
            String message = String.valueOf(problem.getMessage());
            String prefix = file + (problem.line() == 0 ? ": " : ":" + problem.line() + ": ");
            return new Place(
                    file,
                    problem.line(),
                    Printable.of(message.startsWith(prefix) ? message.substring(prefix.length()) : message));
        }

        @Override
        public String toString() {
            return file + (line == 0 ? "" : ":" + line) + ": " + what;
        }
    }

    /** Whether something in it is a reason to fail. */
    public boolean fails(FailOn threshold) {
        return findings.stream().anyMatch(result -> threshold.includes(result.sureness()))
                || threshold.includes(Severity.UNKNOWN) && !cannotTell.isEmpty();
    }
}
