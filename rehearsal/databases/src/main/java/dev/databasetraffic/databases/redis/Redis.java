package dev.databasetraffic.databases.redis;

import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.DatabaseKind;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.StartOptions;
import dev.databasetraffic.databases.server.Servers;

/** Redis: a server of this machine, one of the library embedded-redis, or a container. */
public final class Redis implements DatabaseKind {

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Database start(StartOptions options) throws DatabaseException, InterruptedException {
        return Servers.start(new RedisRecipe(), options);
    }

    @Override
    public Class<? extends ReadBack> readBack() {
        return RedisReadBack.class;
    }
}
