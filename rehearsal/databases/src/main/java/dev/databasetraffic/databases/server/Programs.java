package dev.databasetraffic.databases.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs of this machine. */
final class Programs {

    private static final List<String> SUFFIXES = List.of("", ".exe");

    private Programs() {}

    /**
     * All of them, or none.
     *
     * @param path folders as the {@code PATH} variable has them
     * @param usualFolders looked in after those; one part may be {@code *}
     */
    static Optional<Map<String, Path>> find(List<String> names, String path, List<String> usualFolders) {
        List<Path> folders = new ArrayList<>();
        Stream.of(path.split(File.pathSeparator))
                .filter(part -> !part.isBlank())
                .forEach(part -> folders.add(Path.of(part)));
        usualFolders.forEach(
                pattern -> folders.addAll(0 > pattern.indexOf('*') ? List.of(Path.of(pattern)) : matching(pattern)));
        Map<String, Path> found = new LinkedHashMap<>();
        for (String name : names) {
            folders.stream()
                    .flatMap(folder -> SUFFIXES.stream().map(suffix -> folder.resolve(name + suffix)))
                    .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                    .findFirst()
                    .ifPresent(file -> found.put(name, file));
        }
        return found.size() == names.size() ? Optional.of(found) : Optional.empty();
    }

    /** The newest first, where names are version numbers. */
    private static List<Path> matching(String pattern) {
        int star = pattern.indexOf('*');
        int begin = pattern.lastIndexOf('/', star) + 1;
        int end = pattern.indexOf('/', star) < 0 ? pattern.length() : pattern.indexOf('/', star);
        Path parent = Path.of(pattern.substring(0, begin));
        String rest = pattern.substring(end).replaceFirst("^/", "");
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, pattern.substring(begin, end))) {
            all.forEach(folders::add);
        } catch (IOException e) {
            return List.of();
        }
        folders.sort((one, other) -> compareVersions(name(other), name(one)));
        return folders.stream().map(folder -> folder.resolve(rest)).toList();
    }

    private static String name(Path folder) {
        return String.valueOf(folder.getFileName());
    }

    private static int compareVersions(String one, String other) {
        int byNumber = Double.compare(number(one), number(other));
        return byNumber != 0 ? byNumber : one.compareTo(other);
    }

    private static double number(String name) {
        String digits = name.replaceAll("^\\D*", "").replaceAll("^(\\d+(?:\\.\\d+)?).*$", "$1");
        return digits.isEmpty() ? -1 : Double.parseDouble(digits);
    }
}
