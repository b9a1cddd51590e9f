package dev.databasetraffic.databases.jdbc;

import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.Source;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;

/**
 * Connections through one driver, none of which waits for ever.
 *
 * @param title the database's name
 * @param scheme what stands before {@code ://} in its URLs
 * @param limits the driver's properties that bound connecting and each read, for a time
 */
public record JdbcAccess(String title, String scheme, Function<Source, Map<String, String>> limits) {

    /** What is done with a connection. */
    @FunctionalInterface
    public interface Use<T> {
        T with(Connection connection) throws SQLException, DatabaseException;
    }

    /** As {@link dev.databasetraffic.databases.ReadBack#count}. */
    public Map<String, Integer> count(CountingQuery query, Source source, String prefix) throws DatabaseException {
        return use(source, database(source), connection -> {
            // In a transaction that is rolled back: PostgreSQL's driver holds to read-only in one alone.
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            return query.count(connection, source, prefix);
        });
    }

    /** The server's version, without what its packager adds. */
    public String version(Source source) throws DatabaseException {
        return use(
                source,
                database(source),
                connection ->
                        connection.getMetaData().getDatabaseProductVersion().replaceFirst("^(\\d[\\d.]*).*$", "$1"));
    }

    /**
     * Connects, and closes the connection after its use.
     *
     * @param database of the server's, not necessarily the login's
     * @throws DatabaseException if that fails or takes too long
     */
    public <T> T use(Source source, String database, Use<T> use) throws DatabaseException {
        String url = scheme + "://" + source.address() + "/" + database;
        Properties properties = new Properties();
        Login login = source.login();
        if (login != null) {
            properties.setProperty("user", login.user());
            properties.setProperty("password", login.password());
        }
        properties.putAll(limits.apply(source));
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            return use.with(connection);
        } catch (SQLException e) {
            throw new DatabaseException(title + " at " + source.address() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static String database(Source source) {
        Login login = source.login();
        return login == null ? "" : login.database();
    }
}
