package dev.databasetraffic.databases.mongodb;

import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.Source;
import dev.databasetraffic.databases.server.ContainerRecipe;
import dev.databasetraffic.databases.server.Installation;
import dev.databasetraffic.databases.server.ServerRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.bson.Document;

class MongoDbRecipe implements ServerRecipe {

    private static final String SERVER = "mongod";
    private static final int PORT = 27017;

    /** The least that it takes: a rehearsal stores little, and the machine has others to feed. */
    private static final String CACHE_GIGABYTES = "0.25";

    @Override
    public String title() {
        return "MongoDB";
    }

    @Override
    public String user() {
        return "rehearsal";
    }

    @Override
    public List<String> programs() {
        return List.of(SERVER);
    }

    @Override
    public List<String> usualFolders() {
        return List.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/opt/homebrew/opt/mongodb-community@*/bin");
    }

    @Override
    public Optional<BundledServer> bundled() {
        return Optional.empty();
    }

    @Override
    public ContainerRecipe container(Login login) {
        Map<String, String> variables = Map.of(
                "MONGO_INITDB_ROOT_USERNAME", login.user(),
                "MONGO_INITDB_ROOT_PASSWORD", login.password());
        return new ContainerRecipe("mongo:7.0.16", PORT, variables, Map.of(), List.of());
    }

    @Override
    public boolean refusesRoot() {
        return false;
    }

    @Override
    public void prepare(Installation installation, Login login) throws IOException {
        Files.createDirectory(installation.data());
    }

    @Override
    public List<String> words(Installation installation, int port) {
        return installation.words(
                SERVER,
                "--dbpath",
                installation.data().toString(),
                "--bind_ip",
                "127.0.0.1",
                "--port",
                String.valueOf(port),
                "--nounixsocket",
                "--auth",
                "--wiredTigerCacheSizeGB",
                CACHE_GIGABYTES);
    }

    /** It leaves nothing behind in the system, and what it stores is thrown away. */
    @Override
    public String stopSignal() {
        return "KILL";
    }

    /** As long as there is no user, whoever connects from this machine may make one. */
    @Override
    public void create(Source source) throws DatabaseException {
        Login login = Objects.requireNonNull(source.login());
        MongoAccess.use(
                source,
                null,
                client -> client.getDatabase(MongoAccess.ADMIN)
                        .runCommand(new Document("createUser", login.user())
                                .append("pwd", login.password())
                                .append("roles", List.of("root"))));
    }

    @Override
    public String version(Source source) throws DatabaseException {
        return MongoAccess.use(
                source,
                client -> client.getDatabase(MongoAccess.ADMIN)
                        .runCommand(new Document("buildInfo", 1))
                        .getString("version"));
    }
}
