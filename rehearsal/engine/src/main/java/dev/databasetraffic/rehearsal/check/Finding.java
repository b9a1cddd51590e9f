package dev.databasetraffic.rehearsal.check;

import java.nio.file.Path;

/**
 * Something that a manifest's author should know.
 *
 * @param severity whether it is sure
 * @param rule the rule's name, for reports
 * @param file the file to look at
 * @param line the line to look at, from 1
 * @param why what the mesh makes of it, in a sentence or two
 * @param mend what to do about it
 */
public record Finding(Severity severity, String rule, Path file, int line, String why, String mend) {

    /** How sure a finding is. */
    public enum Severity {
        /** The manifests do something else than they seem to. */
        TRAP,
        /** The files at hand do not say; the mend names what to check as well. */
        UNKNOWN
    }

    @Override
    public String toString() {
        return "%s:%d: %s (%s)%n    %s%n    Mend: %s"
                .formatted(file, line, severity == Severity.TRAP ? "trap" : "cannot tell", rule, why, mend);
    }
}
