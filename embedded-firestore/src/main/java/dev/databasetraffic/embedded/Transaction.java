package dev.databasetraffic.embedded;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction has read, which nobody else may change until it ends. All but the final fields is guarded by the
 * store's lock.
 */
final class Transaction {

    private final long id;
    private final DatabaseName database;
    private final @Nullable Documents snapshot;
    private final long commits;
    private final long begunNanos;
    private final Set<ResourcePath> locks = new HashSet<>();
    private long usedNanos;
    private Collection<ResourcePath> waitingFor = Set.of();

    /**
     * Begins.
     *
     * @param snapshot what a read-only one reads; null for a read-write one
     * @param commits how many there were before
     */
    Transaction(long id, DatabaseName database, @Nullable Documents snapshot, long commits, long nowNanos) {
        this.id = id;
        this.database = database;
        this.snapshot = snapshot;
        this.commits = commits;
        begunNanos = nowNanos;
        usedNanos = nowNanos;
    }

    long id() {
        return id;
    }

    DatabaseName database() {
        return database;
    }

    @Nullable
    Documents snapshot() {
        return snapshot;
    }

    boolean isReadOnly() {
        return snapshot != null;
    }

    long commits() {
        return commits;
    }

    long begunNanos() {
        return begunNanos;
    }

    long usedNanos() {
        return usedNanos;
    }

    void touch(long nowNanos) {
        usedNanos = nowNanos;
    }

    /** @param read documents, and what {@link Scope#lock()} says of queries */
    void lock(Collection<ResourcePath> read) {
        locks.addAll(read);
    }

    boolean holdsAny(Collection<ResourcePath> documents) {
        return !locks.isEmpty() && documents.stream().anyMatch(this::holds);
    }

    private boolean holds(ResourcePath document) {
        ResourcePath root = ResourcePath.root(document.database());
        return locks.contains(document)
                || locks.contains(root.child(document.parent().id()))
                || locks.contains(root);
    }

    void waitFor(Collection<ResourcePath> paths) {
        waitingFor = paths;
    }

    Collection<ResourcePath> waitingFor() {
        return waitingFor;
    }
}
