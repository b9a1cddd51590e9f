package dev.databasetraffic.mesh.router;

import dev.databasetraffic.mesh.admission.AdmissionControl;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.ManifestReader;
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

/** The folder whose manifests are in force: putting a file there applies it, taking it away deletes it. */
public final class OutageFolder {

    private static final String MANIFEST = ".*\\.(yaml|yml|json)";

    private final Path folder;

    /** @param folder which exists */
    public OutageFolder(Path folder) {
        this.folder = folder;
    }

    /** What lies there, in the order in which it was put there. */
    List<Manifest> read() throws ManifestException, IOException {
        List<Manifest> manifests = new ArrayList<>();
        for (Path file : versions().keySet()) {
            manifests.addAll(read(file));
        }
        return manifests;
    }

    /**
     * A file's manifests.
     *
     * @throws ManifestException if they cannot be read, or the API server would not take them
     */
    public static List<Manifest> read(Path file) throws ManifestException {
        return AdmissionControl.admit(new ManifestReader().read(List.of(file)).orThrow());
    }

    /** The files, the oldest first; differs from an earlier answer when something changed. */
    Map<Path, String> versions() throws IOException {
        record Version(Path file, FileTime modified, long size) {}
        List<Version> versions = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(OutageFolder::isManifest).toList()) {
                versions.add(new Version(file, Files.getLastModifiedTime(file), Files.size(file)));
            }
        }
        versions.sort(Comparator.comparing(Version::modified).thenComparing(Version::file));
        Map<Path, String> byFile = new LinkedHashMap<>();
        versions.forEach(version -> byFile.put(version.file(), version.modified() + " " + version.size()));
        return byFile;
    }

    /**
     * Appears whole or not at all, so that a reader never sees half a file.
     *
     * @param outage a manifest that can be {@linkplain #read(Path) read}, whatever its name
     */
    public void put(Path outage) throws IOException {
        Path copy =
                Files.copy(outage, Files.createTempFile(folder, "apply", ".tmp"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, place(outage), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Where it lies once it was put there. */
    Path place(Path outage) {
        String name = outage.getFileName().toString();
        return folder.resolve(isManifest(outage) ? name : name + ".yaml");
    }

    /**
     * Takes every outage away.
     *
     * @return the names of their files
     */
    public List<String> clear() throws IOException {
        List<String> names = new ArrayList<>();
        for (Path file : versions().keySet()) {
            Files.deleteIfExists(file);
            names.add(file.getFileName().toString());
        }
        return names;
    }

    /** What kubectl takes of a folder. */
    private static boolean isManifest(Path file) {
        return file.getFileName().toString().matches(MANIFEST);
    }
}
