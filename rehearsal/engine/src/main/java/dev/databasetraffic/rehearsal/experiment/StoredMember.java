package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.ReadBackKind;
import java.io.IOException;

/** Reads {@code stored}: its {@code kind} says what its other members are. */
final class StoredMember extends StdDeserializer<ReadBack> {

    private static final long serialVersionUID = 1L;
    private static final String KIND = "kind";

    private StoredMember() {
        super(ReadBack.class);
    }

    static Module module() {
        return new SimpleModule().addDeserializer(ReadBack.class, new StoredMember());
    }

    /** The record that the kind names; without one, the interface itself, of which nothing is known. */
    static Class<? extends ReadBack> type(JsonNode stored) {
        try {
            return ReadBackKind.named(stored.path(KIND).asText()).readBack();
        } catch (DatabaseException e) {
            return ReadBack.class;
        }
    }

    @Override
    public ReadBack deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        JsonNode tree = context.readTree(parser);
        if (!(tree instanceof ObjectNode members)) {
            return context.reportInputMismatch(ReadBack.class, "is not a mapping with a kind");
        }
        try {
            Class<? extends ReadBack> type =
                    ReadBackKind.named(members.path(KIND).asText()).readBack();
            ReadBack readBack = context.readTreeAsValue(members.without(KIND), type);
            readBack.check();
            return readBack;
        } catch (DatabaseException e) {
            throw new RefusedReadBackException(parser, e);
        }
    }
}
