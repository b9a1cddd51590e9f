package dev.databasetraffic.mesh.manifest;

import dev.databasetraffic.mesh.manifest.Reading.Notes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the manifests of a folder, as kubectl would, and names what lies between them. */
final class Folder {

    private static final int MAX_ENTRIES = 50_000;

    private final ManifestReader reader;
    private final Notes notes;

    Folder(ManifestReader reader, Notes notes) {
        this.reader = reader;
        this.notes = notes;
    }

    void read(Path top) {
        int before = notes.manifests.size() + notes.problems.size();
        try {
            Set<Path> done = new HashSet<>();
            List<Path> folders = reader.recursive() ? below(top) : List.of(top);
            for (Path chart : folders.stream().filter(Chart::isOne).toList()) {
                Chart.read(chart, reader, notes);
                done.add(chart.normalize());
            }
            Kustomization.readAll(folders, reader, notes, done);
            for (Path folder : folders) {
                if (!done.contains(folder.normalize())) {
                    readFiles(folder, done);
                }
            }
        } catch (ManifestException e) {
            notes.problems.add(e);
        }
        if (notes.manifests.size() + notes.problems.size() == before) {
            notes.problems.add(new ManifestException(
                    top,
                    0,
                    reader.recursive()
                            ? "no manifest lies in this folder"
                            : "no .yaml, .yml or .json file with a manifest lies directly in this folder"));
        }
    }

    private void readFiles(Path folder, Set<Path> done) throws ManifestException {
        for (Path file : files(folder)) {
            if (done.contains(file.normalize())) {
                continue;
            }
            if (Files.isRegularFile(file)) {
                readFile(file);
            } else {
                String what = Files.exists(file) ? "a device or a pipe" : "a link to a file that is not there";
                notes.skipped.add(new Skipped(file, 0, what));
            }
        }
    }

    private void readFile(Path file) {
        String text = "";
        try {
            text = Text.of(file);
            for (Document document : Text.documents(file, text)) {
                String foreign = Foreign.document(file, document.tree());
                if (foreign == null) {
                    reader.add(file, document, notes);
                } else {
                    notes.skipped.add(new Skipped(file, document.lines().at(), foreign));
                }
            }
        } catch (ManifestException e) {
            String foreign = text.isEmpty() ? null : Foreign.text(text);
            if (foreign == null) {
                notes.problems.add(e);
            } else {
                notes.skipped.add(new Skipped(file, e.line(), foreign));
            }
        }
    }

    /** The files that kubectl would look at. */
    static List<Path> files(Path folder) throws ManifestException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(file -> !Files.isDirectory(file))
                    .filter(file -> file.getFileName().toString().matches(".*\\.(ya?ml|json)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unlistable(folder, e);
        }
    }

    /** Links to folders are not followed, as they are not by kubectl: they may lead round in circles. */
    private List<Path> below(Path top) throws ManifestException {
        List<Path> entries;
        try (Stream<Path> all = Files.walk(Files.isSymbolicLink(top) ? top.toRealPath() : top)) {
            entries = all.limit(MAX_ENTRIES).sorted().toList();
        } catch (IOException e) {
            throw unlistable(top, e);
        } catch (UncheckedIOException e) {
            throw unlistable(top, e);
        }
        if (entries.size() == MAX_ENTRIES) {
            throw new ManifestException(
                    top, 0, "more than " + MAX_ENTRIES + " files and folders lie below; name a smaller folder");
        }
        List<Path> folders = new ArrayList<>();
        for (Path entry : entries) {
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                folders.add(entry);
            } else if (Files.isDirectory(entry)) {
                notes.skipped.add(new Skipped(entry, 0, "a link to a folder; name that folder to have it read"));
            }
        }
        folders.removeIf(folder ->
                folders.stream().anyMatch(other -> other != folder && folder.startsWith(other) && Chart.isOne(other)));
        return folders;
    }

    private static ManifestException unlistable(Path folder, Exception e) {
        return new ManifestException(folder, 0, "this folder cannot be listed", e);
    }
}
