package dev.databasetraffic.embedded;

import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;

/** Takes a resource name apart from left to right, and says at which character it ceases to be one. */
final class NameParser {

    private final String kind;
    private final String name;
    private int at;

    NameParser(String kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    DatabaseName database() {
        literal("projects");
        literal("/");
        String project = segment("project id");
        literal("/");
        literal("databases");
        literal("/");
        return new DatabaseName(project, segment("database id"));
    }

    /** The path below {@code /documents}, which may be empty. */
    ResourcePath path() {
        DatabaseName database = database();
        literal("/");
        literal("documents");
        if (name.startsWith("/", at) && at + 1 == name.length()) {
            throw StatusExceptions.invalid(described() + " is invalid: Omit trailing \"/\".");
        }
        List<String> segments = new ArrayList<>(2);
        while (at < name.length()) {
            literal("/");
            String collection = resource();
            Ids.checkCollection(collection);
            segments.add(collection);
            literal("/");
            String document = resource();
            Ids.checkDocument(document);
            segments.add(document);
        }
        return new ResourcePath(database, List.copyOf(segments));
    }

    void end() {
        if (at < name.length()) {
            throw StatusExceptions.invalid(described() + " has extra characters at index " + at + ".");
        }
    }

    private String resource() {
        int start = at;
        String id = segment("resource id");
        if (Ids.isRelative(id)) {
            throw StatusExceptions.invalid(
                    described() + " contains a resource id \"" + id + "\" at index " + start + ".");
        }
        return id;
    }

    private String segment(String what) {
        int end = name.indexOf('/', at);
        String segment = name.substring(at, end < 0 ? name.length() : end);
        if (segment.isEmpty()) {
            throw at == name.length() && at > 0
                    ? StatusExceptions.invalid(described() + " has invalid trailing \"/\".")
                    : lacks("a " + what);
        }
        at += segment.length();
        return segment;
    }

    private void literal(String expected) {
        if (!name.startsWith(expected, at)) {
            throw lacks("\"" + expected + "\"");
        }
        at += expected.length();
    }

    private StatusRuntimeException lacks(String what) {
        return StatusExceptions.invalid(described() + " lacks " + what + " at index " + at + ".");
    }

    private String described() {
        return kind + " name \"" + name + "\"";
    }
}
