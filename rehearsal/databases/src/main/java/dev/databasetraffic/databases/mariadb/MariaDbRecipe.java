package dev.databasetraffic.databases.mariadb;

import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.Source;
import dev.databasetraffic.databases.jdbc.JdbcAccess;
import dev.databasetraffic.databases.server.ContainerRecipe;
import dev.databasetraffic.databases.server.Installation;
import dev.databasetraffic.databases.server.ServerRecipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class MariaDbRecipe implements ServerRecipe {

    static final JdbcAccess ACCESS = new JdbcAccess("MariaDB", "jdbc:mariadb", source -> {
        String millis = String.valueOf(source.atMost().toMillis());
        // MySQL's own way to log in needs the server's key, which no stranger hands out on this machine.
        return Map.of("connectTimeout", millis, "socketTimeout", millis, "allowPublicKeyRetrieval", "true");
    });

    private static final String SERVER = "mariadbd";
    private static final String INSTALL = "mariadb-install-db";
    private static final String INIT_FILE = "init.sql";
    private static final int PORT = 3306;

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
        return List.of(SERVER, INSTALL);
    }

    @Override
    public List<String> usualFolders() {
        return List.of("/usr/sbin", "/usr/bin", "/usr/libexec", "/opt/homebrew/bin", "/usr/local/bin");
    }

    @Override
    public Optional<BundledServer> bundled() {
        return Optional.empty();
    }

    /** By MySQL's names, which MariaDB's image knows as well. */
    @Override
    public ContainerRecipe container(Login login) {
        Map<String, String> variables = Map.of(
                "MYSQL_ROOT_PASSWORD", login.password(),
                "MYSQL_USER", login.user(),
                "MYSQL_PASSWORD", login.password(),
                "MYSQL_DATABASE", login.database());
        return new ContainerRecipe("mariadb:11.4.5", PORT, variables, Map.of(), List.of());
    }

    /** It will, once told to. */
    @Override
    public boolean refusesRoot() {
        return false;
    }

    @Override
    public void prepare(Installation installation, Login login) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "--no-defaults",
                "--datadir=" + installation.data(),
                "--auth-root-authentication-method=normal",
                "--skip-test-db"));
        arguments.addAll(asRoot(installation));
        installation.run(INSTALL, arguments.toArray(new String[0]));
        // The nameless user of this machine would be taken for any other.
        installation.secret(
                INIT_FILE, """
                DELETE FROM mysql.global_priv WHERE User IN ('', 'root');
                FLUSH PRIVILEGES;
                CREATE DATABASE IF NOT EXISTS `%s`;
                CREATE USER IF NOT EXISTS '%s'@'%%' IDENTIFIED BY '%s';
                GRANT ALL ON *.* TO '%2$s'@'%%';
                """.formatted(login.database().replace("`", "``"), login.user(), login.password()));
    }

    @Override
    public List<String> words(Installation installation, int port) throws IOException {
        List<String> words = installation.words(
                SERVER,
                "--no-defaults",
                "--datadir=" + installation.data(),
                "--init-file=" + installation.file(INIT_FILE),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                // Relative to the data: the whole path may be longer than a socket's can be.
                "--socket=socket",
                "--skip-name-resolve");
        words.addAll(asRoot(installation));
        return words;
    }

    private static List<String> asRoot(Installation installation) throws IOException {
        return installation.isRoot() ? List.of("--user=root") : List.of();
    }

    /** It leaves nothing behind in the system, and what it stores is thrown away. */
    @Override
    public String stopSignal() {
        return "KILL";
    }

    /** The file that it begins with has done that. */
    @Override
    public void create(Source source) throws DatabaseException {
        version(source);
    }

    @Override
    public String version(Source source) throws DatabaseException {
        return ACCESS.version(source);
    }
}
