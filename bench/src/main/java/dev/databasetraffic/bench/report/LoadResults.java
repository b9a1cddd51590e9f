package dev.databasetraffic.bench.report;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Everything that a bench under load measured.
 *
 * @param settings as given, for who wants to repeat it
 * @param subjects in the tables' order
 * @param connections in ascending order
 */
public record LoadResults(
        Instant startedAt,
        Machine machine,
        Map<String, String> settings,
        List<String> subjects,
        List<Integer> connections,
        List<Measurement> measurements,
        List<Audit> audits) {

    /** Whether every acknowledged write of every round was stored, once. */
    public boolean isAccountedFor() {
        return audits.stream().allMatch(audit -> audit.difference() == null);
    }

    /** The same, of these subjects alone. */
    public LoadResults only(List<String> chosen) {
        return new LoadResults(
                startedAt,
                machine,
                settings,
                chosen,
                connections,
                measurements.stream()
                        .filter(measurement -> chosen.contains(measurement.subject()))
                        .toList(),
                audits.stream()
                        .filter(audit -> chosen.contains(audit.subject()))
                        .toList());
    }

    /** The paragraph that says where, when and how this was measured. */
    public String provenance() {
        return Markdown.provenance(startedAt, machine, settings, othersAtMost());
    }

    Spread spread(String subject, int atConnections, ToDoubleFunction<Measurement> value) {
        return Spread.of(of(subject, atConnections).mapToDouble(value));
    }

    /** Of what was measured in the same slices. */
    Spread ratio(String subject, String base, int atConnections, ToDoubleFunction<Measurement> value) {
        return Spread.of(of(subject, atConnections)
                .flatMapToDouble(measurement -> of(base, atConnections)
                        .filter(other -> other.round() == measurement.round() && other.slice() == measurement.slice())
                        .mapToDouble(other -> value.applyAsDouble(measurement) / value.applyAsDouble(other))));
    }

    boolean has(String subject, int atConnections) {
        return of(subject, atConnections).findAny().isPresent();
    }

    boolean tellsAllocation(String subject, int atConnections) {
        return has(subject, atConnections)
                && of(subject, atConnections).allMatch(measurement -> measurement.allocatedKilobytes() != null);
    }

    private double othersAtMost() {
        return measurements.stream()
                .map(Measurement::others)
                .max(Comparator.naturalOrder())
                .orElse(0.0);
    }

    private Stream<Measurement> of(String subject, int atConnections) {
        return measurements.stream()
                .filter(measurement ->
                        measurement.subject().equals(subject) && measurement.connections() == atConnections);
    }
}
