package dev.databasetraffic.databases.redis;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.databasetraffic.databases.Counts;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Counts by Redis' keys: one for each operation's key, with the same text before it or none. How often a write was
 * carried out shows in what grows with each: the length of a list or stream, the size of a set, or a counter, if the
 * settings say that strings are counters. Any other value counts 1, for writing it again leaves no trace.
 */
public record RedisReadBack(
        @JsonPropertyDescription("what stands before the operation's key in Redis' keys, e.g. \"order:\"") @Nullable
        String before,

        @JsonPropertyDescription("true if strings are counters, which each write increments; false by default")
        @Nullable
        Boolean counters)
        implements ReadBack {

    private static final int PAGE_SIZE = 1000;

    @Override
    public void check() {}

    @Override
    public Map<String, Integer> count(Source source, String prefix) throws DatabaseException {
        long deadline = System.nanoTime() + source.atMost().toNanos();
        Counts counts = new Counts("Redis", prefix);
        ScanParams scan =
                new ScanParams().match(literally(text() + prefix) + "*").count(PAGE_SIZE);
        return RedisAccess.use(source, redis -> {
            Set<String> seen = new HashSet<>();
            String cursor = ScanParams.SCAN_POINTER_START;
            do {
                ScanResult<String> page = redis.scan(cursor, scan);
                // A key may come twice.
                add(redis, page.getResult().stream().filter(seen::add).toList(), counts);
                cursor = page.getCursor();
                if (System.nanoTime() > deadline) {
                    throw new DatabaseException("Redis at " + source.address() + " has so many keys that those with \""
                            + text() + prefix + "\" were not all found within "
                            + source.atMost().toSeconds() + " s.");
                }
            } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
            return counts.all();
        });
    }

    private void add(Jedis redis, List<String> keys, Counts counts) throws DatabaseException {
        Map<String, Response<String>> types = new HashMap<>();
        Map<String, Response<?>> sizes = new HashMap<>();
        try (Pipeline pipeline = redis.pipelined()) {
            keys.forEach(key -> types.put(key, pipeline.type(key)));
            pipeline.sync();
            for (String key : keys) {
                Response<?> size = size(pipeline, key, types.get(key));
                if (size != null) {
                    sizes.put(key, size);
                }
            }
        }
        for (String key : keys) {
            Response<String> type = types.get(key);
            Response<?> size = sizes.get(key);
            // One that has expired since is stored no more.
            if (type != null && !type.get().equals("none")) {
                counts.add(key.substring(text().length()), size == null ? "1" : String.valueOf(size.get()));
            }
        }
    }

    /** Null for what counts 1. */
    private @Nullable Response<?> size(Pipeline pipeline, String key, @Nullable Response<String> type) {
        return switch (type == null ? "" : type.get()) {
            case "list" -> pipeline.llen(key);
            case "stream" -> pipeline.xlen(key);
            case "set" -> pipeline.scard(key);
            case "zset" -> pipeline.zcard(key);
            case "string" -> Boolean.TRUE.equals(counters) ? pipeline.get(key) : null;
            default -> null;
        };
    }

    private String text() {
        return before == null ? "" : before;
    }

    private static String literally(String text) {
        return text.replaceAll("([\\\\*?\\[\\]^])", "\\\\$1");
    }
}
