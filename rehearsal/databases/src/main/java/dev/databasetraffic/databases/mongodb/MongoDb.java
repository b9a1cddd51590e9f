package dev.databasetraffic.databases.mongodb;

import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.DatabaseKind;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.StartOptions;
import dev.databasetraffic.databases.server.Servers;

/** MongoDB: a server of this machine or a container; a single one, of which no transactions can be asked. */
public final class MongoDb implements DatabaseKind {

    @Override
    public String name() {
        return "mongodb";
    }

    @Override
    public Database start(StartOptions options) throws DatabaseException, InterruptedException {
        return Servers.start(new MongoDbRecipe(), options);
    }

    @Override
    public Class<? extends ReadBack> readBack() {
        return MongoDbReadBack.class;
    }
}
