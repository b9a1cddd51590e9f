package dev.databasetraffic.mesh.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A file of YAML or JSON that is no manifest but one mapping, each value with its line. */
public final class Settings {

    private final Path file;
    private final Document document;

    private Settings(Path file, Document document) {
        this.file = file;
        this.document = document;
    }

    /** @throws ManifestException if there is no such file, or something else in it */
    public static Settings read(Path file) throws ManifestException {
        return of(file, Text.documents(file, Text.of(file)));
    }

    /**
     * @param name what it is called in what is said about it
     * @throws ManifestException if the text is something else
     */
    public static Settings of(Path name, String text) throws ManifestException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return of(name, Text.documents(name, Text.of(name, new ByteArrayInputStream(bytes))));
    }

    private static Settings of(Path file, List<Document> documents) throws ManifestException {
        if (documents.size() != 1 || !documents.get(0).tree().isObject()) {
            throw new ManifestException(file, 0, "one mapping of names to values was expected, and nothing else");
        }
        return new Settings(file, documents.get(0));
    }

    /** All that it says. It is shared and must not be changed. */
    public JsonNode tree() {
        return document.tree();
    }

    /** The mapping that a member holds. */
    public Settings inside(String member) {
        return new Settings(file, document.member(member));
    }

    /** A complaint about a value, to be thrown. */
    public ManifestException invalid(String member, String what) {
        return new ManifestException(file, document.lines().of(List.of(member)), member + " " + what);
    }
}
