package dev.databasetraffic.rehearsal.checking;

import dev.databasetraffic.mesh.check.Finding;
import dev.databasetraffic.mesh.check.Trap;
import java.util.Set;

/**
 * Which findings were asked for.
 *
 * @param only these kinds, or all if there is none
 * @param without not these
 */
public record Selection(Set<Trap> only, Set<Trap> without) {

    public static final Selection ALL = new Selection(Set.of(), Set.of());

    boolean includes(Finding finding) {
        return (only.isEmpty() || only.contains(finding.trap())) && !without.contains(finding.trap());
    }
}
