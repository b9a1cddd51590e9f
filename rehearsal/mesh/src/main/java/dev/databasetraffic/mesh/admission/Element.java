package dev.databasetraffic.mesh.admission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.manifest.Manifest;
import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A value in a manifest, or the place where one could be, that knows the way to itself. */
final class Element {

    private final Refusals refusals;
    private final @Nullable Element parent;
    private final Object step;
    private final JsonNode node;

    private Element(Refusals refusals, @Nullable Element parent, Object step, JsonNode node) {
        this.refusals = refusals;
        this.parent = parent;
        this.step = step;
        this.node = node;
    }

    /** What is refused in one manifest. */
    record Refusals(Manifest manifest, List<Refusal> list) {}

    static Element of(Manifest manifest, List<Refusal> refusals) {
        return new Element(new Refusals(manifest, refusals), null, "", manifest.tree());
    }

    /** The same value, with refusals going nowhere. */
    Element tried(List<Refusal> elsewhere) {
        return new Element(new Refusals(refusals.manifest(), elsewhere), parent, step, node);
    }

    JsonNode node() {
        return node;
    }

    boolean exists() {
        return !node.isMissingNode();
    }

    Element at(String member) {
        return new Element(refusals, this, member, node.path(member));
    }

    Element at(int index) {
        return new Element(refusals, this, index, node.path(index));
    }

    /** The items of a list; none where there is no list. */
    List<Element> items() {
        return node.isArray()
                ? IntStream.range(0, node.size()).mapToObj(this::at).toList()
                : List.of();
    }

    /** The members of a mapping; none where there is no mapping. */
    List<Element> members() {
        List<Element> members = new ArrayList<>();
        node.properties()
                .forEach(member -> members.add(new Element(refusals, this, member.getKey(), member.getValue())));
        return members;
    }

    /** What a member is called in its mapping. */
    String name() {
        return step.toString();
    }

    /** The text, or empty where there is none. */
    String text() {
        return node.asText("");
    }

    String text(String otherwise) {
        return exists() ? node.asText(otherwise) : otherwise;
    }

    /** The number, or 0 where there is none. */
    double number() {
        return node.asDouble();
    }

    boolean isEmpty() {
        return node.isMissingNode() || node.isContainerNode() && node.isEmpty() || node.isTextual() && text().isEmpty();
    }

    /** Refuses the value: it "is" what is said. */
    void refuse(String is, String expected) {
        List<Object> path = new LinkedList<>();
        for (Element at = this; at.parent != null; at = at.parent) {
            path.add(0, at.step);
        }
        Manifest manifest = refusals.manifest();
        refusals.list().add(new Refusal(manifest, path, manifest.line(path), spelled(path) + " " + is, expected));
    }

    private static String spelled(List<Object> path) {
        StringBuilder spelled = new StringBuilder();
        for (Object step : path) {
            spelled.append(step instanceof Integer ? "[" + step + "]" : (spelled.isEmpty() ? "" : ".") + step);
        }
        return spelled.isEmpty() ? "it" : spelled.toString();
    }

    /** The value in words. */
    String described() {
        if (node.isTextual()) {
            String text = text();
            return "the text \"" + (text.length() > 60 ? text.substring(0, 60) + "…" : text) + "\"";
        }
        if (node.isNumber()) {
            return "the number " + text();
        }
        if (node.isObject()) {
            return "a mapping";
        }
        return node.isArray() ? "a list" : node.isNull() || !exists() ? "null" : text();
    }
}
