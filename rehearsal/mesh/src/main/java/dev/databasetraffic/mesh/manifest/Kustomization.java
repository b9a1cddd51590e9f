package dev.databasetraffic.mesh.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.manifest.Reading.Notes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that kustomize renders.
 *
 * @param resources the files and folders that it takes resources from
 * @param helpers the files that are no resources: patches, values, what generators read
 */
record Kustomization(Path folder, Path file, Set<Path> resources, Set<Path> helpers) {

    static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    static boolean isOne(JsonNode tree) {
        return tree.path("apiVersion").asText().startsWith("kustomize.config.k8s.io/");
    }

    private static List<Kustomization> in(List<Path> folders, Notes notes, Set<Path> done) {
        List<Kustomization> found = new ArrayList<>();
        for (Path folder : folders) {
            Optional<Path> file = NAMES.stream()
                    .map(folder::resolve)
                    .filter(Files::isRegularFile)
                    .findFirst();
            try {
                if (file.isPresent()) {
                    found.add(of(folder, file.get()));
                }
            } catch (ManifestException e) {
                notes.problems.add(e);
                done.add(e.file().normalize());
            }
        }
        return found;
    }

    private static Kustomization of(Path folder, Path file) throws ManifestException {
        Set<Path> resources = new HashSet<>();
        Set<Path> helpers = new HashSet<>();
        for (Document document : Text.documents(file, Text.of(file))) {
            JsonNode tree = document.tree();
            for (String list : List.of("resources", "bases", "components")) {
                tree.path(list).forEach(path -> add(folder, path.asText(), resources));
            }
            for (String list :
                    List.of("patchesStrategicMerge", "configurations", "transformers", "generators", "crds")) {
                tree.path(list).forEach(path -> add(folder, path.asText(), helpers));
            }
            for (String list : List.of("patches", "patchesJson6902", "replacements")) {
                tree.path(list).forEach(patch -> add(folder, patch.path("path").asText(), helpers));
            }
            tree.path("helmCharts")
                    .forEach(chart -> add(folder, chart.path("valuesFile").asText(), helpers));
            for (String list : List.of("configMapGenerator", "secretGenerator")) {
                tree.path(list)
                        .forEach(generator -> generator
                                .path("files")
                                .forEach(path -> add(folder, path.asText().replaceFirst("^[^=]*=", ""), helpers)));
            }
        }
        return new Kustomization(folder, file, resources, helpers);
    }

    private static void add(Path folder, String path, Set<Path> to) {
        // A patch may also stand in place, and a base on the network.
        if (!path.isBlank() && path.indexOf('\n') < 0 && path.indexOf(':') < 0 && path.indexOf('\0') < 0) {
            to.add(folder.resolve(path).normalize());
        }
    }

    /** Reads what each renders to, and adds to {@code done} the files and folders that went into that. */
    static void readAll(List<Path> folders, ManifestReader reader, Notes notes, Set<Path> done)
            throws ManifestException {
        List<Kustomization> all = in(folders, notes, done);
        for (Kustomization each : all) {
            boolean part = all.stream().anyMatch(other -> other.resources.contains(each.folder.normalize()));
            if (!part) {
                each.render(all, reader, notes, done);
            }
        }
        for (Kustomization each : all) {
            if (!done.contains(each.folder.normalize())) {
                each.leaveOutHelpers(notes, done);
            }
        }
    }

    private void render(List<Kustomization> all, ManifestReader reader, Notes notes, Set<Path> done)
            throws ManifestException {
        Optional<Tool> tool = Tool.run(List.of("kubectl", "kustomize", folder.toString()));
        if (tool.isEmpty()) {
            tool = Tool.run(List.of("kustomize", "build", folder.toString()));
        }
        if (tool.isEmpty() || !tool.get().succeeded()) {
            notes.skipped.add(new Skipped(
                    file,
                    0,
                    "kustomize's own file, and "
                            + tool.map(ran -> "kubectl kustomize failed: " + ran.complaint())
                                    .orElse("neither kubectl nor kustomize is installed here")
                            + "; its resources are read as they stand"));
            done.add(file.normalize());
            return;
        }
        Set<Path> sources = new HashSet<>();
        Set<Path> used = new HashSet<>();
        gather(all, sources, used);
        Map<String, Manifest> origins = origins(sources, reader);
        sources.addAll(used);
        for (Document document : Text.documents(file, tool.get().output())) {
            Manifest origin = origins.get(key(document.tree()));
            Lines lines = origin == null ? Lines.scalar(1) : origin.lines();
            reader.add(origin == null ? file : origin.file(), new Document(document.tree(), lines), notes);
        }
        for (Path other : Folder.files(folder)) {
            if (!sources.contains(other.normalize())) {
                notes.skipped.add(new Skipped(other, 0, "a file that " + file.getFileName() + " does not name"));
            }
        }
        done.addAll(sources);
        notes.rendered.add(folder + ": read as kubectl kustomize renders it");
    }

    private void gather(List<Kustomization> all, Set<Path> sources, Set<Path> used) {
        used.add(file.normalize());
        used.add(folder.normalize());
        used.addAll(helpers);
        sources.addAll(resources);
        for (Kustomization other : all) {
            if (resources.contains(other.folder.normalize()) && !used.contains(other.file.normalize())) {
                other.gather(all, sources, used);
            }
        }
    }

    /** Where resources stand before they are changed, for the sake of their lines. */
    private static Map<String, Manifest> origins(Set<Path> sources, ManifestReader reader) {
        List<Path> files =
                sources.stream().filter(Files::isRegularFile).sorted().toList();
        Map<String, Manifest> origins = new HashMap<>();
        reader.read(files).manifests().forEach(manifest -> origins.putIfAbsent(key(manifest.tree()), manifest));
        return origins;
    }

    private static String key(JsonNode tree) {
        return tree.path("apiVersion").asText() + " " + tree.path("kind").asText() + " "
                + tree.path("metadata").path("name").asText();
    }

    private void leaveOutHelpers(Notes notes, Set<Path> done) {
        for (Path helper : helpers) {
            if (Files.isRegularFile(helper) && done.add(helper)) {
                notes.skipped.add(new Skipped(helper, 0, "what " + file.getFileName() + " works with"));
            }
        }
    }
}
