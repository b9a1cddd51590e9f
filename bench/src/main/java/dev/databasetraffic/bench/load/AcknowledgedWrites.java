package dev.databasetraffic.bench.load;

import dev.databasetraffic.bench.running.BenchDatabase;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers what became of the writes under each prefix, and compares that with what the database holds. */
public final class AcknowledgedWrites {

    private final Map<String, LoadResult> results = new LinkedHashMap<>();

    public void enter(String prefix, LoadResult result) {
        results.put(prefix, result);
    }

    /** Under all prefixes together. */
    public long acknowledged() {
        return results.values().stream().mapToLong(LoadResult::acknowledged).sum();
    }

    /**
     * Reads the database back, past the service and past TLS.
     *
     * @return what is wrong, or nothing if every acknowledged plant is stored exactly once, and no other but such as were
     *     refused: an answer's status is not kept, so a refusal may have said that nothing is known
     */
    public Optional<String> compare(BenchDatabase database) throws IOException {
        for (Map.Entry<String, LoadResult> entry : results.entrySet()) {
            LoadResult result = entry.getValue();
            Optional<String> difference = difference(
                    entry.getKey(), result.acknowledged(), result.refused(), database.stored(entry.getKey()));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    static Optional<String> difference(
            String prefix, long acknowledged, long refused, Map<String, Integer> storedByName) {
        long doubled =
                storedByName.values().stream().filter(copies -> copies > 1).count();
        int stored = storedByName.size();
        if (doubled == 0 && stored >= acknowledged && stored <= acknowledged + refused) {
            return Optional.empty();
        }
        return Optional.of(prefix + ": " + acknowledged + " acknowledged, " + refused + " refused, " + stored
                + " stored, " + doubled + " of them more than once");
    }
}
