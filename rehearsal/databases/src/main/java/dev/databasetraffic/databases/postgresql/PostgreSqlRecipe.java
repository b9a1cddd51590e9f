package dev.databasetraffic.databases.postgresql;

import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.Source;
import dev.databasetraffic.databases.jdbc.JdbcAccess;
import dev.databasetraffic.databases.server.ContainerRecipe;
import dev.databasetraffic.databases.server.Installation;
import dev.databasetraffic.databases.server.ServerRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

class PostgreSqlRecipe implements ServerRecipe {

    static final JdbcAccess ACCESS = new JdbcAccess("PostgreSQL", "jdbc:postgresql", source -> {
        String seconds = String.valueOf(Math.max(1, source.atMost().toSeconds()));
        return Map.of("loginTimeout", seconds, "connectTimeout", seconds, "socketTimeout", seconds);
    });

    private static final String INITDB = "initdb";
    private static final String SERVER = "postgres";
    private static final int PORT = 5432;

    @Override
    public String title() {
        return ACCESS.title();
    }

    @Override
    public String user() {
        return "rehearsal";
    }

    @Override
    public List<String> programs() {
        return List.of(SERVER, INITDB);
    }

    /** Of Debian, Red Hat, and Homebrew on either kind of Mac. */
    @Override
    public List<String> usualFolders() {
        return List.of(
                "/usr/lib/postgresql/*/bin",
                "/usr/pgsql-*/bin",
                "/opt/homebrew/opt/postgresql@*/bin",
                "/usr/local/opt/postgresql@*/bin");
    }

    @Override
    public Optional<BundledServer> bundled() {
        return EmbeddedBinaries.forThisSystem(programs());
    }

    @Override
    public ContainerRecipe container(Login login) {
        Map<String, String> variables = Map.of(
                "POSTGRES_USER", login.user(), "POSTGRES_PASSWORD", login.password(), "POSTGRES_DB", login.database());
        return new ContainerRecipe("postgres:17.6", PORT, variables, Map.of(), List.of());
    }

    @Override
    public boolean refusesRoot() {
        return true;
    }

    @Override
    public void prepare(Installation installation, Login login) throws IOException, InterruptedException {
        Path password = installation.secret("password", login.password());
        installation.run(
                INITDB,
                "--pgdata=" + installation.data(),
                "--username=" + login.user(),
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync");
        Files.delete(password);
    }

    /** Without a socket in the file system, whose path would be too long in a deep folder. */
    @Override
    public List<String> words(Installation installation, int port) {
        return installation.words(
                SERVER,
                "-D",
                installation.data().toString(),
                "-h",
                "127.0.0.1",
                "-p",
                String.valueOf(port),
                "-c",
                "unix_socket_directories=");
    }

    /** An immediate shutdown: what is stored is thrown away, but shared memory is given back. */
    @Override
    public String stopSignal() {
        return "QUIT";
    }

    @Override
    public void create(Source source) throws DatabaseException {
        Login login = Objects.requireNonNull(source.login());
        ACCESS.use(source, "postgres", connection -> {
            if (!exists(connection, login.database())) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("create database " + statement.enquoteIdentifier(login.database(), true));
                }
            }
            return true;
        });
    }

    private static boolean exists(Connection connection, String database) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select 1 from pg_database where datname = ?")) {
            query.setString(1, database);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    @Override
    public String version(Source source) throws DatabaseException {
        return ACCESS.version(source);
    }
}
