package dev.databasetraffic.rehearsal.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Looks for traps in a set of manifests, taken together as one mesh's configuration. */
public final class ManifestChecker {

    private static final List<Rule> RULES = List.of(
            new IgnoredRoute(),
            new MisnamedTls(),
            new SharedServerName(),
            new HttpNamedPort(),
            new MeshWideDiversion(),
            new UndeclaredHost(),
            new MissingDestination());

    private ManifestChecker() {}

    /**
     * Checks files, and the files lying directly in folders, as one configuration.
     *
     * @return what was found, by file and line; empty if there is nothing to say
     * @throws ManifestException if one of them cannot be read as a manifest
     */
    public static List<Finding> check(List<Path> filesOrFolders) throws ManifestException {
        List<Manifest> manifests = new ArrayList<>();
        for (Path path : filesOrFolders) {
            manifests.addAll(Manifest.read(path));
        }
        Mesh mesh = Mesh.of(manifests);
        return RULES.stream()
                .flatMap(rule -> rule.findings(mesh).stream())
                .distinct()
                .sorted(Comparator.comparing(Finding::severity)
                        .thenComparing(Finding::file)
                        .thenComparing(Finding::line))
                .toList();
    }
}
