package dev.databasetraffic.databases.redis;

import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.Source;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** Connections to Redis, none of which waits for ever. */
final class RedisAccess {

    private RedisAccess() {}

    /** What is done with a connection. */
    @FunctionalInterface
    interface Use<T> {
        T with(Jedis redis) throws DatabaseException;
    }

    /**
     * Connects, and closes the connection after its use.
     *
     * @throws DatabaseException if that fails or takes too long
     */
    static <T> T use(Source source, Use<T> use) throws DatabaseException {
        DefaultJedisClientConfig.Builder settings = DefaultJedisClientConfig.builder()
                .timeoutMillis((int) source.atMost().toMillis());
        Login login = source.login();
        if (login != null) {
            settings.user(login.user()).password(login.password());
        }
        HostAndPort address =
                new HostAndPort(source.address().host(), source.address().port());
        try (Jedis redis = new Jedis(address, settings.build())) {
            return use.with(redis);
        } catch (JedisException e) {
            throw new DatabaseException("Redis at " + source.address() + " cannot be used: " + e.getMessage() + ".", e);
        }
    }
}
