package dev.databasetraffic.rehearsal.checking;

import dev.databasetraffic.mesh.check.Allowances;
import dev.databasetraffic.mesh.check.Allowances.Allowed;
import dev.databasetraffic.mesh.check.Finding;
import dev.databasetraffic.mesh.check.Severity;
import dev.databasetraffic.mesh.cluster.LiveMesh;
import dev.databasetraffic.mesh.config.MeshConfig;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.Printable;
import dev.databasetraffic.mesh.manifest.Reading;
import dev.databasetraffic.rehearsal.checking.CheckReport.Place;
import dev.databasetraffic.rehearsal.checking.CheckReport.ReadResource;
import dev.databasetraffic.rehearsal.checking.CheckReport.Result;
import dev.databasetraffic.rehearsal.checking.CheckReport.Summary;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Puts together what a check found, what was allowed, and what could not be looked at. */
record ReportBuilder(Reading files, LiveMesh live, MeshSettings settings) {

    private static final Comparator<Finding> BY_PLACE = Comparator.<Finding, String>comparing(
                    finding -> finding.manifest().file().toString())
            .thenComparing(Finding::line)
            .thenComparing(Finding::severity);

    /**
     * @param manifests that were checked
     * @param findings all of them, as an annotation for one that is not shown is no idle one
     */
    CheckReport report(
            List<Manifest> manifests, List<Finding> findings, Predicate<Finding> shown, Predicate<Manifest> listed) {
        Allowances allowances = Allowances.of(manifests, findings);
        List<Finding> left =
                allowances.left().stream().filter(shown).sorted(BY_PLACE).toList();
        List<Result> allowed = allowances.allowed().stream()
                .filter(each -> shown.test(each.finding()))
                .sorted(Comparator.comparing(Allowed::finding, BY_PLACE))
                .map(Result::of)
                .toList();
        return new CheckReport(
                CheckReport.VERSION,
                new Summary(
                        manifests.size(),
                        count(left, Severity.TRAP),
                        count(left, Severity.REFUSED),
                        count(left, Severity.UNKNOWN),
                        count(left, Severity.NOTE),
                        allowed.size(),
                        files.skipped().size(),
                        files.problems().size()),
                left.stream().map(finding -> Result.of(finding, null)).toList(),
                allowed,
                files.skipped().stream().map(Place::of).toList(),
                files.problems().stream().map(Place::of).toList(),
                live.gaps().stream().map(Printable::of).toList(),
                Stream.concat(files.rendered().stream(), remarks())
                        .map(Printable::of)
                        .toList(),
                manifests.stream().filter(listed).map(ReadResource::of).toList());
    }

    private static long count(List<Finding> findings, Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    private Stream<String> remarks() {
        MeshConfig config = settings.config() == null ? live.config() : settings.config();
        if (config == null) {
            return Stream.empty();
        }
        String read = config.read().isEmpty() ? "nothing that is read here" : String.join(", ", config.read());
        String unread = config.unread().isEmpty() ? "" : "; not read: " + String.join(", ", config.unread());
        return Stream.of("The mesh's configuration sets " + read + unread + ".");
    }
}
