package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.MeshOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a report says of outages before they are tried: in every place the same, because it is what the check says. */
public final class RuleNotes {

    private RuleNotes() {}

    /**
     * @param steadyState what is there without the outages
     * @param outages applied on top of it
     * @return a sentence for each thing that the outages do not do, or do besides what they seem to
     */
    public static List<String> of(List<Manifest> steadyState, List<Manifest> outages, MeshOptions options) {
        List<Manifest> all = new ArrayList<>(steadyState);
        all.addAll(outages);
        Set<Manifest> ofOutages = Set.copyOf(outages);
        return MeshCheck.check(all, options).stream()
                .filter(finding -> ofOutages.contains(finding.manifest()))
                .filter(finding -> finding.severity() != Severity.NOTE)
                .map(finding -> finding.manifest() + ": " + finding.why() + " Mend: " + finding.mend() + ".")
                .toList();
    }
}
