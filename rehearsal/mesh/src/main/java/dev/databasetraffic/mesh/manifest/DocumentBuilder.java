package dev.databasetraffic.mesh.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Builds documents, and refuses what would lose a value, go round in circles or grow beyond all bounds. */
final class DocumentBuilder {

    /** Resource definitions, the deepest resources there are, reach about 50. */
    private static final int MAX_DEPTH = 200;

    private static final long MAX_ALIASED_VALUES = 100_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Path file;
    private final Token.Source source;
    private final Map<String, Document> anchored = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private long aliased;

    private DocumentBuilder(Path file, Token.Source source) {
        this.file = file;
        this.source = source;
    }

    static List<Document> documents(Path file, Token.Source source) throws ManifestException {
        List<Document> documents = new ArrayList<>();
        while (source.nextDocument()) {
            Document document = new DocumentBuilder(file, source).value(source.next(), 0);
            if (!document.tree().isNull()) {
                documents.add(document);
            }
        }
        return documents;
    }

    private Document value(Token token, int depth) throws ManifestException {
        if (depth > MAX_DEPTH) {
            throw tooDeep(token.line());
        }
        if (token.kind() == Token.Kind.ALIAS) {
            return alias(token, depth);
        }
        if (!token.name().isEmpty()) {
            open.add(token.name());
        }
        Document value = switch (token.kind()) {
            case MAPPING -> mapping(token.line(), depth);
            case LIST -> list(token.line(), depth);
            case MERGE -> new Document(NODES.textNode("<<"), Lines.scalar(token.line()));
            default -> new Document(token.scalar(), Lines.scalar(token.line()));
        };
        if (!token.name().isEmpty()) {
            open.remove(token.name());
            anchored.put(token.name(), value);
        }
        return value;
    }

    private Document alias(Token alias, int depth) throws ManifestException {
        if (open.contains(alias.name())) {
            throw refuse(alias.line(), "the alias *" + alias.name() + " stands inside of what it repeats, without end");
        }
        Document value = anchored.get(alias.name());
        if (value == null) {
            throw refuse(
                    alias.line(),
                    "*" + alias.name() + " repeats what is marked &" + alias.name() + ", and there is no such mark;"
                            + " quote it if it is meant as text: \"*" + alias.name() + "\"");
        }
        aliased += value.lines().size();
        if (aliased > MAX_ALIASED_VALUES) {
            throw refuse(
                    alias.line(),
                    "the aliases up to here repeat more than " + MAX_ALIASED_VALUES + " values; write it without them");
        }
        if (depth + value.lines().height() > MAX_DEPTH) {
            throw tooDeep(alias.line());
        }
        return new Document(value.tree(), value.lines().at(alias.line()));
    }

    private Document list(int line, int depth) throws ManifestException {
        ArrayNode items = NODES.arrayNode();
        List<Lines> lines = new ArrayList<>();
        for (Token token = source.next(); token.kind() != Token.Kind.END; token = source.next()) {
            Document item = value(token, depth + 1);
            items.add(item.tree());
            lines.add(item.lines());
        }
        return new Document(items, above(line, Map.of(), lines));
    }

    private Document mapping(int line, int depth) throws ManifestException {
        ObjectNode members = NODES.objectNode();
        Map<String, Lines> lines = new LinkedHashMap<>();
        Map<String, Integer> written = new HashMap<>();
        for (Token key = source.next(); key.kind() != Token.Kind.END; key = source.next()) {
            if (key.kind() == Token.Kind.MERGE) {
                merge(value(source.next(), depth + 1), members, lines);
                continue;
            }
            String name = name(key, depth);
            Integer before = written.putIfAbsent(name, key.line());
            if (before != null) {
                throw refuse(
                        key.line(),
                        name + " stands here a second time, after line " + before + "; one of the two values is lost");
            }
            Document value = value(source.next(), depth + 1);
            lines.put(name, value.lines().at(key.line()));
            // To the API server a member that is null is not there, as kubectl creates and applies.
            if (!value.tree().isNull()) {
                members.set(name, value.tree());
            }
        }
        return new Document(members, above(line, lines, List.of()));
    }

    private String name(Token key, int depth) throws ManifestException {
        JsonNode name = value(key, depth + 1).tree();
        if (!name.isValueNode() || name.isNull()) {
            throw refuse(
                    key.line(),
                    "the name of a member was expected, and " + (name.isNull() ? "none" : "a list or mapping")
                            + " stands there; a text with { or [ in front needs quotes");
        }
        return name.asText();
    }

    /** What comes later in the mapping wins, and of several merged mappings the first: so does go-yaml 2. */
    private void merge(Document merged, ObjectNode members, Map<String, Lines> lines) throws ManifestException {
        if (merged.tree().isArray()) {
            for (int i = merged.tree().size() - 1; i >= 0; i--) {
                merge(merged.item(i), members, lines);
            }
            return;
        }
        if (!merged.tree().isObject()) {
            throw refuse(merged.lines().at(), "<< takes over the members of a mapping, and this is none");
        }
        members.setAll((ObjectNode) merged.tree());
        lines.putAll(merged.lines().members());
    }

    private static Lines above(int line, Map<String, Lines> members, List<Lines> items) {
        int height = 0;
        long size = 1;
        for (Lines below : members.isEmpty() ? items : members.values()) {
            height = Math.max(height, below.height());
            size += below.size();
        }
        return new Lines(line, members, items, height + 1, size);
    }

    private ManifestException tooDeep(int line) {
        return refuse(line, "is nested more than " + MAX_DEPTH + " levels deep, and so is no manifest");
    }

    private ManifestException refuse(int line, String what) {
        return new ManifestException(file, line, what);
    }
}
