package dev.databasetraffic.mesh.manifest;

import com.fasterxml.jackson.databind.JsonNode;

/** One document of a file, or a part of it: what it says and where. */
record Document(JsonNode tree, Lines lines) {

    Document member(String name) {
        Lines inside = lines.members().getOrDefault(name, lines);
        return new Document(tree.path(name), inside);
    }

    Document item(int index) {
        return new Document(tree.path(index), lines.items().get(index));
    }
}
