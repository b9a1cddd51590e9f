package dev.databasetraffic.databases.redis;

import dev.databasetraffic.databases.server.ServerRecipe.BundledServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import redis.embedded.core.ExecutableProvider;

/** The server in com.github.codemonstur:embedded-redis, which holds one for each system. */
record EmbeddedRedis(String program) implements BundledServer {

    @Override
    public String library() {
        return "embedded-redis";
    }

    @Override
    public Map<String, Path> unpack(Path folder) throws IOException {
        return Map.of(
                program,
                ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath());
    }
}
