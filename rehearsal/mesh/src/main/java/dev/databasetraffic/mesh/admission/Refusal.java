package dev.databasetraffic.mesh.admission;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.Printable;
import java.util.List;

/**
 * Why a manifest would not be taken by the API server or Istio's webhook.
 *
 * @param path the member names and list indices that lead to the value
 * @param line the line of that value, from 1, or of its nearest parent that exists
 * @param what the value and what is wrong with it, as the sentence "… is …"
 * @param expected what would be taken there
 */
public record Refusal(Manifest manifest, List<Object> path, int line, String what, String expected) {

    public Refusal {
        path = List.copyOf(path);
        what = Printable.of(what);
        expected = Printable.of(expected);
    }

    /** What follows the place in the file. */
    String sentence() {
        return manifest.kind() + " " + manifest.name() + " would be refused: " + what
                + (expected.isEmpty() ? "" : "; expected: " + expected);
    }

    @Override
    public String toString() {
        return Printable.of(manifest.file() + ":" + line + ": " + sentence());
    }
}
