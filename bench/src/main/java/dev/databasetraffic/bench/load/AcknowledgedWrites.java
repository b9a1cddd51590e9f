package dev.databasetraffic.bench.load;

import dev.databasetraffic.bench.running.BenchDatabase;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers how many writes were acknowledged under each prefix, and compares that with what the database holds. */
public final class AcknowledgedWrites {

    private final Map<String, Long> acknowledged = new LinkedHashMap<>();

    public void enter(String prefix, LoadResult result) {
        acknowledged.put(prefix, result.acknowledged());
    }

    /** Under all prefixes together. */
    public long acknowledged() {
        return acknowledged.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Reads the database back, past the service and past TLS.
     *
     * @return what is wrong, or nothing if every acknowledged plant is stored exactly once and no other is
     */
    public Optional<String> compare(BenchDatabase database) throws IOException {
        for (Map.Entry<String, Long> entry : acknowledged.entrySet()) {
            Optional<String> difference = difference(entry.getKey(), entry.getValue(), database.stored(entry.getKey()));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    static Optional<String> difference(String prefix, long acknowledged, Map<String, Integer> storedByName) {
        long doubled =
                storedByName.values().stream().filter(copies -> copies > 1).count();
        if (doubled == 0 && storedByName.size() == acknowledged) {
            return Optional.empty();
        }
        return Optional.of(prefix + ": " + acknowledged + " acknowledged, " + storedByName.size() + " stored, "
                + doubled + " of them more than once");
    }
}
