package dev.databasetraffic.mesh.controlplane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The outages that lie beside the manifests.
 *
 * @param root below which files can be named
 * @param folder whose files can be named without path and ending
 */
record Shipped(Path root, Path folder) {

    private static final List<String> ENDINGS = List.of("", ".yaml", ".yml", ".json");

    Optional<Path> find(String name) {
        return Stream.of(folder.resolve("."), Path.of("."))
                .flatMap(base -> ENDINGS.stream().map(ending -> path(base, name + ending)))
                .flatMap(Optional::stream)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private Optional<Path> path(Path base, String name) {
        try {
            Path file = base.resolve(name).normalize();
            boolean inside = file.toAbsolutePath()
                    .normalize()
                    .startsWith(root.toAbsolutePath().normalize());
            return inside ? Optional.of(file) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** What can be named without path and ending. */
    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches(".*\\.(yaml|yml|json)"))
                    .map(name -> name.substring(0, name.lastIndexOf('.')))
                    .sorted()
                    .toList();
        }
    }
}
