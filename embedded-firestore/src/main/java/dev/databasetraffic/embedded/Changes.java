package dev.databasetraffic.embedded;

import com.google.firestore.v1.Value;
import com.google.firestore.v1.WriteResult;
import com.google.protobuf.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One commit while it is made: either all of its writes are carried out, or nobody sees any. */
final class Changes {

    private static final int MILLI = 1_000_000;

    private final Timestamp time;
    private final Timestamp requestTime;
    private final Map<ResourcePath, @Nullable StoredDocument> originals = new LinkedHashMap<>();
    private final List<List<Value>> transformResults = new ArrayList<>();
    private Documents documents;
    private final List<StoredDocument> replaced = new ArrayList<>();
    private long added;

    Changes(Documents documents, Timestamp time) {
        this.documents = documents;
        this.time = time;
        requestTime = time.toBuilder().setNanos(time.getNanos() / MILLI * MILLI).build();
    }

    void apply(List<Mutation> mutations) {
        mutations.forEach(this::apply);
        originals.forEach((path, original) -> {
            StoredDocument stored = documents.get(path);
            // A write that changes nothing leaves the time of the last change; one that makes it anew does not.
            if (stored != null
                    && original != null
                    && stored.fields().equals(original.fields())
                    && stored.created().equals(original.created())) {
                stored = original;
                documents = documents.with(original);
            }
            if (stored != original) {
                added += stored == null ? 0 : stored.footprint();
                if (original != null) {
                    replaced.add(original);
                }
            }
        });
    }

    private void apply(Mutation mutation) {
        StoredDocument stored = documents.get(mutation.path());
        if (!originals.containsKey(mutation.path())) {
            mutation.requirement().check(mutation.path(), stored);
            originals.put(mutation.path(), stored);
        }
        List<Value> results = new ArrayList<>(mutation.transforms().size());
        if (mutation.fields() == null) {
            documents = documents.without(mutation.path());
        } else {
            Map<String, Value> fields =
                    mutation.apply(stored == null ? Map.of() : stored.fields(), requestTime, results);
            Timestamp created = stored == null ? time : stored.created();
            documents = documents.with(StoredDocument.of(mutation.path(), fields, created, time));
        }
        transformResults.add(results);
    }

    Documents documents() {
        return documents;
    }

    /** The footprint of what is written, in bytes. */
    long added() {
        return added;
    }

    /** What was there in its place. */
    List<StoredDocument> replaced() {
        return replaced;
    }

    Committed committed(List<Mutation> mutations) {
        List<WriteResult> results = new ArrayList<>(mutations.size());
        for (int i = 0; i < mutations.size(); i++) {
            WriteResult.Builder result = WriteResult.newBuilder().addAllTransformResults(transformResults.get(i));
            StoredDocument stored = documents.get(mutations.get(i).path());
            if (stored != null) {
                result.setUpdateTime(stored.updated());
            }
            results.add(result.build());
        }
        return new Committed(time, results, documents);
    }
}
