package dev.databasetraffic.databases.redis;

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
import java.util.Optional;

class RedisRecipe implements ServerRecipe {

    private static final String SERVER = "redis-server";
    private static final String SETTINGS = "redis.conf";
    private static final int PORT = 6379;

    @Override
    public String title() {
        return "Redis";
    }

    /** The one who is meant where a client gives only a password. */
    @Override
    public String user() {
        return "default";
    }

    @Override
    public List<String> programs() {
        return List.of(SERVER);
    }

    @Override
    public List<String> usualFolders() {
        return List.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin");
    }

    @Override
    public Optional<BundledServer> bundled() {
        return Optional.of(new EmbeddedRedis(SERVER));
    }

    @Override
    public ContainerRecipe container(Login login) {
        String path = "/usr/local/etc/redis/" + SETTINGS;
        return new ContainerRecipe(
                "redis:7.4.2", PORT, Map.of(), Map.of(path, settings(login, "* -::*", "/data")), List.of(SERVER, path));
    }

    @Override
    public boolean refusesRoot() {
        return false;
    }

    @Override
    public void prepare(Installation installation, Login login) throws IOException {
        Files.createDirectory(installation.data());
        installation.secret(
                SETTINGS, settings(login, "127.0.0.1", installation.data().toString()));
    }

    /**
     * Every write goes to a file before it is acknowledged: without, a crash would lose all. It is left to the kernel
     * when that reaches the disk, for a rehearsal ends the process, not the machine. By default Redis sees to the disk
     * once a second, and while that takes long it acknowledges writes up to two seconds ahead of the file, which a crash
     * would then lose: Redis' fault, and the service would be blamed for it.
     */
    private static String settings(Login login, String interfaces, String folder) {
        return """
                bind %s
                dir "%s"
                appendonly yes
                appendfsync no
                save ""
                requirepass %s
                """.formatted(interfaces, folder, login.password());
    }

    @Override
    public List<String> words(Installation installation, int port) {
        return installation.words(SERVER, installation.file(SETTINGS).toString(), "--port", String.valueOf(port));
    }

    @Override
    public String stopSignal() {
        return "TERM";
    }

    /** Redis has its databases from the beginning. */
    @Override
    public void create(Source source) throws DatabaseException {
        version(source);
    }

    @Override
    public String version(Source source) throws DatabaseException {
        return RedisAccess.use(source, redis -> redis.info("server"))
                .lines()
                .filter(line -> line.startsWith("redis_version:"))
                .map(line -> line.substring(line.indexOf(':') + 1))
                .findFirst()
                .orElse("of unknown version");
    }
}
