package dev.databasetraffic.databases.mongodb;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.mongodb.client.AggregateIterable;
import com.mongodb.client.model.Accumulators;
import com.mongodb.client.model.Aggregates;
import com.mongodb.client.model.Filters;
import dev.databasetraffic.databases.Counts;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.Source;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Counts documents by a field of text. */
public record MongoDbReadBack(
        @JsonPropertyDescription("the collection that the writes go to, e.g. orders")
        String collection,

        @JsonPropertyDescription("the field that holds the operation's key, e.g. reference, or items.reference")
        String field,

        @JsonPropertyDescription("the database, e.g. shop; the one that is started for the run by default") @Nullable
        String database)
        implements ReadBack {

    private static final String COUNT = "count";

    @Override
    public void check() throws DatabaseException {
        if (collection.isBlank() || field.isBlank() || field.startsWith("$")) {
            throw new DatabaseException(
                    "stored needs the name of a collection and of a field without a $, as in {kind: mongodb, collection: orders, field: reference}.");
        }
    }

    @Override
    public Map<String, Integer> count(Source source, String prefix) throws DatabaseException {
        Counts counts = new Counts("The collection " + collection, prefix);
        return MongoAccess.use(source, client -> {
            AggregateIterable<Document> found = client.getDatabase(database(source))
                    .getCollection(collection)
                    .aggregate(List.of(
                            Aggregates.match(Filters.regex(field, "^" + Pattern.quote(prefix))),
                            Aggregates.group("$" + field, Accumulators.sum(COUNT, 1))));
            for (Document group : found) {
                counts.add(group.get("_id") instanceof String key ? key : null, String.valueOf(group.get(COUNT)));
            }
            return counts.all();
        });
    }

    private String database(Source source) throws DatabaseException {
        Login login = source.login();
        if (database != null) {
            return database;
        }
        if (login == null) {
            throw new DatabaseException(
                    "stored must name MongoDB's database, as in {kind: mongodb, database: shop, collection: "
                            + collection + ", field: " + field + "}.");
        }
        return login.database();
    }
}
