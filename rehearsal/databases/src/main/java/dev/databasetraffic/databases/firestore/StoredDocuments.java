package dev.databasetraffic.databases.firestore;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.Source;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;

/** Counts documents of an emulator, or of what stands in for it, by a field that has the key. */
public record StoredDocuments(
        @JsonPropertyDescription("a collection of the project's default database, e.g. orders")
        String collection,

        @JsonPropertyDescription("the documents' field that has the key, e.g. reference, or order.reference in a map")
        String field)
        implements ReadBack {

    /** What a path of fields is without quotes (Firestore's StructuredQuery.FieldReference). */
    private static final String NAME = "[A-Za-z_][A-Za-z_0-9]*";

    private static final String FIELD = NAME + "(\\." + NAME + ")*";

    /** The project of a login that names none, as the emulator takes any. */
    public static final String DEFAULT_PROJECT = "rehearsal";

    @Override
    public void check() throws DatabaseException {
        if (collection.isBlank() || collection.contains("/") || !field.matches(FIELD)) {
            throw new DatabaseException("stored: {kind: firestore} wants a collection without / and a field of letters,"
                    + " digits and _, with dots between those of maps, as in"
                    + " {kind: firestore, collection: orders, field: reference}.");
        }
    }

    @Override
    public Map<String, Integer> count(Source source, String prefix) throws DatabaseException {
        Map<String, Integer> counts = new TreeMap<>();
        read(source, prefix, (key, times) -> counts.merge(key, times, Integer::sum));
        return counts;
    }

    @Override
    public void read(Source source, String prefix, ObjIntConsumer<String> found) throws DatabaseException {
        Login login = source.login();
        String project = login == null ? DEFAULT_PROJECT : login.database();
        try {
            new FirestoreReadBack(URI.create("http://" + source.address()), project, collection, field)
                    .read(prefix, found);
        } catch (EmulatorException e) {
            throw new DatabaseException(String.valueOf(e.getMessage()), e);
        }
    }
}
