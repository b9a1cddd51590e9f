package dev.databasetraffic.databases.mariadb;

import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.DatabaseKind;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.StartOptions;
import dev.databasetraffic.databases.server.Servers;

/** MariaDB: a server of this machine or a container, one of MySQL if its image is named. */
public final class MariaDb implements DatabaseKind {

    @Override
    public String name() {
        return "mariadb";
    }

    @Override
    public Database start(StartOptions options) throws DatabaseException, InterruptedException {
        return Servers.start(new MariaDbRecipe(), options);
    }

    @Override
    public Class<? extends ReadBack> readBack() {
        return MariaDbReadBack.class;
    }
}
