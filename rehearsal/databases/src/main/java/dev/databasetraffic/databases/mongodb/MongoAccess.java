package dev.databasetraffic.databases.mongodb;

import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCredential;
import com.mongodb.MongoException;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.Source;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Clients of MongoDB, none of which waits for ever. */
final class MongoAccess {

    /** The database that holds the users. */
    static final String ADMIN = "admin";

    private MongoAccess() {}

    /** What is done with a client. */
    @FunctionalInterface
    interface Use<T> {
        T with(MongoClient client) throws DatabaseException;
    }

    /** As {@link #use(Source, Login, Use)}, with the source's login. */
    static <T> T use(Source source, Use<T> use) throws DatabaseException {
        return use(source, source.login(), use);
    }

    /**
     * Connects to that one server, whatever set it belongs to, and closes the client after its use.
     *
     * @throws DatabaseException if that fails or takes too long
     */
    static <T> T use(Source source, @Nullable Login login, Use<T> use) throws DatabaseException {
        ServerAddress address =
                new ServerAddress(source.address().host(), source.address().port());
        long millis = source.atMost().toMillis();
        MongoClientSettings.Builder settings = MongoClientSettings.builder()
                .applyToClusterSettings(cluster ->
                        cluster.hosts(List.of(address)).serverSelectionTimeout(millis, TimeUnit.MILLISECONDS))
                .timeout(millis, TimeUnit.MILLISECONDS);
        if (login != null) {
            settings.credential(MongoCredential.createCredential(
                    login.user(), ADMIN, login.password().toCharArray()));
        }
        try (MongoClient client = MongoClients.create(settings.build())) {
            return use.with(client);
        } catch (MongoException e) {
            throw new DatabaseException("MongoDB at " + source.address() + " cannot be used: " + e.getMessage(), e);
        }
    }
}
