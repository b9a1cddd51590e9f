package dev.databasetraffic.bench.generating;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a rehearsal's journal says of its run. The ledger comes after that, and may have millions of rows. */
final class RunJournal {

    private static final JsonMapper JSON = JsonMapper.shared();

    private RunJournal() {}

    static JsonNode run(Path file) throws IOException {
        try (JsonParser json = JSON.createParser(file)) {
            json.nextToken();
            if (moveTo(json, "rehearsal") && moveTo(json, "run")) {
                return json.readValueAsTree();
            }
        }
        throw new IOException(file + " is not a rehearsal's journal.");
    }

    /** From the begin of an object to the value of one of its members; false if it has none of that name. */
    private static boolean moveTo(JsonParser json, String member) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            boolean found = json.currentName().equals(member);
            json.nextToken();
            if (found) {
                return true;
            }
            json.skipChildren();
        }
        return false;
    }
}
