package dev.databasetraffic.databases.mariadb;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.Source;
import dev.databasetraffic.databases.jdbc.CountingQuery;
import java.util.Map;

/** Counts by a query of MariaDB or MySQL. */
public record MariaDbReadBack(
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
        return MariaDbRecipe.ACCESS.count(CountingQuery.parse(query), source, prefix);
    }
}
