package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;

/**
 * Something that a manifest's author should know.
 *
 * @param manifest the resource to look at
 * @param line the line of its file to look at, from 1
 * @param why what the mesh makes of it, in a sentence or two
 * @param mend what to do about it
 */
public record Finding(Trap trap, Severity severity, Manifest manifest, int line, String why, String mend) {

    @Override
    public String toString() {
        return "%s:%d: %s (%s)%n    %s%n    Mend: %s"
                .formatted(manifest.file(), line, severity.title(), trap.id(), why, mend);
    }
}
