package dev.databasetraffic.rehearsal.checking;

import dev.databasetraffic.mesh.check.Severity;
import java.util.Set;

/** Which findings are a reason to fail: each of them adds to those before it. */
public enum FailOn {
    REFUSED(Severity.REFUSED),
    TRAP(Severity.REFUSED, Severity.TRAP),
    UNKNOWN(Severity.REFUSED, Severity.TRAP, Severity.UNKNOWN),
    NEVER;

    private final Set<Severity> severities;

    FailOn(Severity... severities) {
        this.severities = Set.of(severities);
    }

    boolean includes(Severity severity) {
        return severities.contains(severity);
    }
}
