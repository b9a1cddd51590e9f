package dev.databasetraffic.mesh.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.databasetraffic.mesh.manifest.Reading.Notes;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one door for manifests: files, folders, standard input and lists, in YAML or JSON. A file that is named must hold
 * manifests; of a folder, what is no manifest is named and left out.
 *
 * @param recursive whether folders inside of folders are read too
 * @param namespace where resources live that do not say so
 */
public record ManifestReader(boolean recursive, String namespace) {

    /** What {@code -} is called. */
    public static final Path STANDARD_INPUT = Path.of("standard input");

    private static final String NOT_ONE = "is not a Kubernetes manifest but ";

    /** As {@code kubectl apply -f} reads. */
    public ManifestReader() {
        this(false, "default");
    }

    /** Reads files and folders; {@code -} is standard input. */
    public Reading read(List<Path> filesOrFolders) {
        Notes notes = new Notes();
        for (Path path : filesOrFolders) {
            if (path.toString().equals("-")) {
                readStream(STANDARD_INPUT, System.in, notes);
            } else if (Files.isDirectory(path)) {
                new Folder(this, notes).read(path);
            } else {
                readFile(path, notes);
            }
        }
        return notes.reading();
    }

    /** Reads a stream of UTF-8 to its end; it is called by that name in what is said about it. */
    public Reading read(Path name, InputStream in) {
        Notes notes = new Notes();
        readStream(name, in, notes);
        return notes.reading();
    }

    private void readStream(Path name, InputStream in, Notes notes) {
        try {
            readText(name, Text.of(name, in), notes);
        } catch (ManifestException e) {
            notes.problems.add(e);
        }
    }

    private void readFile(Path file, Notes notes) {
        try {
            readText(file, Text.of(file), notes);
        } catch (ManifestException e) {
            notes.problems.add(e);
        }
    }

    private void readText(Path file, String text, Notes notes) throws ManifestException {
        List<Document> documents;
        try {
            documents = Text.documents(file, text);
        } catch (ManifestException e) {
            throw Foreign.isTemplate(text) ? new ManifestException(file, e.line(), NOT_ONE + Foreign.text(text), e) : e;
        }
        if (documents.isEmpty()) {
            throw new ManifestException(file, 0, "holds no manifest");
        }
        for (Document document : documents) {
            String foreign = Foreign.document(file, document.tree());
            if (foreign != null) {
                notes.problems.add(new ManifestException(file, document.lines().at(), NOT_ONE + foreign));
            } else {
                add(file, document, notes);
            }
        }
    }

    /** Adds a resource, or each of a list. */
    void add(Path file, Document document, Notes notes) {
        try {
            JsonNode tree = document.tree();
            for (String name : List.of("apiVersion", "kind")) {
                requireText(file, document, name);
            }
            String kind = tree.path("kind").asText();
            JsonNode items = tree.path("items");
            boolean list = kind.equals("List") || kind.endsWith("List") && items.isArray();
            if (!list) {
                notes.manifests.add(new Manifest(file, document, namespace));
            } else if (items.isArray()) {
                Document inside = document.member("items");
                for (int i = 0; i < items.size(); i++) {
                    add(file, item(document, inside.item(i), kind), notes);
                }
            } else if (!items.isMissingNode() && !items.isNull()) {
                throw new ManifestException(
                        file, document.member("items").lines().at(), "the items of a " + kind + " must be a list");
            }
        } catch (ManifestException e) {
            notes.problems.add(e);
        }
    }

    /** What a list of one kind says of all, its items need not repeat. */
    private static Document item(Document list, Document item, String kind) {
        if (kind.equals("List") || !(item.tree() instanceof ObjectNode members) || members.has("kind")) {
            return item;
        }
        ObjectNode completed = members.deepCopy();
        completed.put("kind", kind.substring(0, kind.length() - "List".length()));
        completed.set("apiVersion", list.tree().path("apiVersion"));
        return new Document(completed, item.lines());
    }

    private static void requireText(Path file, Document document, String name) throws ManifestException {
        @Nullable JsonNode value = document.tree().get(name);
        int line = document.lines().of(List.of(name));
        if (!document.tree().isObject()) {
            throw new ManifestException(file, line, "a resource was expected here, with apiVersion and kind");
        }
        if (value == null || value.isNull() || value.asText().isBlank() && value.isValueNode()) {
            throw new ManifestException(file, line, "is not a Kubernetes manifest, because " + name + " is missing");
        }
        if (!value.isTextual()) {
            throw new ManifestException(file, line, name + " must be a text");
        }
    }
}
