package dev.databasetraffic.databases.postgresql;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.Source;
import dev.databasetraffic.databases.jdbc.CountingQuery;
import java.util.Map;

/** Counts by a query of PostgreSQL. */
public record PostgreSqlReadBack(
        @JsonPropertyDescription("a query of keys and their counts, e.g. select reference, count(*) from orders"
                + " where reference like :prefix group by 1")
        String query)
        implements ReadBack {

    @Override
    public void check() throws DatabaseException {
        CountingQuery.parse(query);
    }

    @Override
    public Map<String, Integer> count(Source source, String prefix) throws DatabaseException {
        return PostgreSqlRecipe.ACCESS.count(CountingQuery.parse(query), source, prefix);
    }
}
