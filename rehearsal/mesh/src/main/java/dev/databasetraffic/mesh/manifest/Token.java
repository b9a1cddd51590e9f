package dev.databasetraffic.mesh.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * A piece of a document, the same for YAML and JSON.
 *
 * @param name the anchor that the value bears or, for an alias, the one that it repeats; empty if none
 */
record Token(Kind kind, int line, JsonNode scalar, String name) {

    enum Kind {
        MAPPING,
        LIST,
        END,
        SCALAR,
        ALIAS,
        /** The {@code <<} that takes over another mapping's members. */
        MERGE
    }

    /** Reads a text piece by piece. */
    interface Source {

        /** Steps into the next document. */
        boolean nextDocument() throws ManifestException;

        Token next() throws ManifestException;
    }

    static Token of(Kind kind, int line, String name) {
        return new Token(kind, line, MissingNode.getInstance(), name);
    }

    static Token scalar(int line, JsonNode value, String anchor) {
        return new Token(Kind.SCALAR, line, value, anchor);
    }
}
