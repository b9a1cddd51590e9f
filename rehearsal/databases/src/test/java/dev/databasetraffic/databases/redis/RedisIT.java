package dev.databasetraffic.databases.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.StartOptions;
import dev.databasetraffic.databases.server.ServerStory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.StreamEntryID;

@Timeout(180)
class RedisIT {

    private static final RedisReadBack COUNTERS = new RedisReadBack("order:", true);

    private static final ServerStory STORY = new ServerStory(
            COUNTERS, database -> {}, (database, key) -> with(database, redis -> redis.incr("order:" + key)));

    @TempDir
    Path folder;

    @Test
    void aServerOfThisMachine() throws Exception {
        ServerStory.assumeHere(new RedisRecipe());

        STORY.tell(new RedisRecipe(), StartOptions.in(folder), "Redis \\d+\\.\\d+\\.\\d+, from this machine");
    }

    @Test
    void aServerOutOfTheLibraryWhereThereIsNone() throws Exception {
        STORY.tell(
                new RedisRecipe() {
                    @Override
                    public List<String> usualFolders() {
                        return List.of("/no-such-folder");
                    }
                },
                StartOptions.in(folder).withEnvironment(Map.of()),
                "Redis 6\\.2\\.\\d+, out of the library embedded-redis");
    }

    @Test
    void aContainerWhereTheExperimentAsksForAnImage() throws Exception {
        String image =
                new RedisRecipe().container(Login.generate("user", "shop")).image();
        ServerStory.assumeImage(image);

        STORY.tell(new RedisRecipe(), StartOptions.in(folder).withImage(image), "Redis .*, in a container of " + image);
    }

    @Test
    void whatGrowsWithEachWriteIsCountedAndAnythingElseOnce() throws Exception {
        try (Database database = new Redis().start(StartOptions.in(folder))) {
            with(database, redis -> {
                redis.rpush("run-list", "a", "b", "c");
                redis.sadd("run-set", "a", "b");
                redis.zadd("run-sorted", 1, "a");
                redis.xadd("run-stream", StreamEntryID.NEW_ENTRY, Map.of("a", "b"));
                redis.hset("run-hash", Map.of("a", "b", "c", "d"));
                redis.set("run-text", "sunflower");
                redis.set("run-quantity", "3");
                redis.rpush("ru", "another's");
            });

            assertThat(new RedisReadBack(null, null).count(database.source(), "run-"))
                    .isEqualTo(Map.of(
                            "run-list",
                            3,
                            "run-set",
                            2,
                            "run-sorted",
                            1,
                            "run-stream",
                            1,
                            "run-hash",
                            1,
                            "run-text",
                            1,
                            "run-quantity",
                            1));
            assertThatThrownBy(() -> new RedisReadBack("", true).count(database.source(), "run-"))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("\"sunflower\" as the count of \"run-text\"");
        }
    }

    @Test
    void everyKeyOfManyPagesIsCounted() throws Exception {
        int many = 5_000;
        try (Database database = new Redis().start(StartOptions.in(folder))) {
            with(database, redis -> {
                try (Pipeline pipeline = redis.pipelined()) {
                    IntStream.range(0, many).forEach(i -> pipeline.incrBy("order:run-" + i, 1 + i % 2));
                }
            });

            Map<String, Integer> counts = COUNTERS.count(database.source(), "run-");

            assertThat(counts).hasSize(many).containsEntry("run-0", 1).containsEntry("run-4999", 2);
        }
    }

    private static void with(Database database, Consumer<Jedis> use) throws DatabaseException {
        RedisAccess.use(database.source(), redis -> {
            use.accept(redis);
            return true;
        });
    }
}
