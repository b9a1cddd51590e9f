package dev.databasetraffic.mesh.router;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The manifests in force: those of a folder that stays as it is, then those that lie in the folder of outages, in the
 * order of their time stamps. Putting a file there applies it, taking it away deletes it.
 */
final class MeshFolder {

    private final Path steadyState;
    private final Path outages;

    MeshFolder(Path steadyState, Path outages) {
        this.steadyState = steadyState;
        this.outages = outages;
    }

    List<Manifest> read() throws ManifestException, IOException {
        List<Manifest> manifests = new ArrayList<>(Manifest.read(steadyState));
        for (Path file : versions().keySet()) {
            manifests.addAll(Manifest.read(file));
        }
        return manifests;
    }

    /** The manifests as they would be with that file applied as well. */
    List<Manifest> readWith(Path outage) throws ManifestException, IOException {
        List<Manifest> manifests = new ArrayList<>(read());
        manifests.addAll(Manifest.read(outage));
        return manifests;
    }

    /** What lies in the folder of outages, oldest first; differs from an earlier answer when something changed. */
    Map<Path, String> versions() throws IOException {
        record Version(Path file, FileTime modified, long size) {}
        List<Version> versions = new ArrayList<>();
        try (Stream<Path> files = Files.list(outages)) {
            for (Path file : files.filter(MeshFolder::isManifest).toList()) {
                versions.add(new Version(file, Files.getLastModifiedTime(file), Files.size(file)));
            }
        }
        versions.sort(Comparator.comparing(Version::modified).thenComparing(Version::file));
        Map<Path, String> byFile = new LinkedHashMap<>();
        versions.forEach(version -> byFile.put(version.file(), version.modified() + " " + version.size()));
        return byFile;
    }

    /** Appears whole or not at all, so that a reader never sees half a file. */
    void put(Path outage) throws IOException {
        Path copy =
                Files.copy(outage, Files.createTempFile(outages, "apply", ".tmp"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, outages.resolve(outage.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes every outage away. */
    void clear() throws IOException {
        for (Path file : versions().keySet()) {
            Files.deleteIfExists(file);
        }
    }

    private static boolean isManifest(Path file) {
        return file.getFileName().toString().endsWith(".yaml");
    }
}
