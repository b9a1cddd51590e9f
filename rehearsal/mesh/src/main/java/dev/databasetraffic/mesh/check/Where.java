package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;

/** A place in a file, as FILE:LINE. */
final class Where {

    private Where() {}

    static String is(Manifest manifest, Object... path) {
        return manifest.file() + ":" + (path.length == 0 ? manifest.line() : manifest.line(path));
    }
}
