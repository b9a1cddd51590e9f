package dev.databasetraffic.mesh.manifest;

import java.nio.file.Path;

/**
 * Something in a folder that is no manifest and was left out.
 *
 * @param line from 1, or 0 where the whole file is meant
 * @param what what it is instead, as the rest of a sentence that begins with "is"
 */
public record Skipped(Path file, int line, String what) {

    @Override
    public String toString() {
        return Printable.of(file + (line == 0 ? "" : ":" + line) + ": not checked; is " + what);
    }
}
