package dev.databasetraffic.bench.load;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.QueryDocumentSnapshot;
import dev.databasetraffic.bench.running.Database;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Remembers how many writes were acknowledged under each prefix, and compares that with what the database holds. */
public final class Ledger {

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
    public Optional<String> compare(Database database) throws IOException, InterruptedException {
        try (Firestore firestore = FirestoreOptions.newBuilder()
                .setProjectId(Database.PROJECT)
                .setEmulatorHost(database.plainEndpoint())
                .build()
                .getService()) {
            for (Map.Entry<String, Long> entry : acknowledged.entrySet()) {
                Optional<String> difference =
                        difference(entry.getKey(), entry.getValue(), stored(firestore, entry.getKey()));
                if (difference.isPresent()) {
                    return difference;
                }
            }
            return Optional.empty();
        } catch (IOException | InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the database could not be read back", e);
        }
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

    private static Map<String, Integer> stored(Firestore firestore, String prefix)
            throws ExecutionException, InterruptedException {
        Query query = firestore
                .collection("plants")
                .whereGreaterThanOrEqualTo("name", prefix)
                .whereLessThan("name", prefix + "\uf8ff")
                .select("name");
        Map<String, Integer> copies = new HashMap<>();
        for (QueryDocumentSnapshot document : query.get().get().getDocuments()) {
            copies.merge(String.valueOf(document.getString("name")), 1, Integer::sum);
        }
        return copies;
    }
}
