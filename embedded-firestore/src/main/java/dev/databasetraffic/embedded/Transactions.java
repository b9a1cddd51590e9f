package dev.databasetraffic.embedded;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Those that are open. Guarded by the store's lock. */
final class Transactions {

    private final Map<Long, Transaction> open = new HashMap<>();
    private final long idleNanos;
    private final long totalNanos;
    private final LongSupplier nanoTime;
    private long lastId;

    Transactions(EmbeddedFirestoreOptions options, LongSupplier nanoTime) {
        idleNanos = options.transactionIdle().toNanos();
        totalNanos = options.transactionTotal().toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * Opens one.
     *
     * @param snapshot what a read-only one reads; null for a read-write one
     * @param commits how many there were before
     */
    ByteString begin(DatabaseName database, @Nullable Documents snapshot, long commits) {
        long id = ++lastId;
        open.put(id, new Transaction(id, database, snapshot, commits, nanoTime.getAsLong()));
        return ByteString.copyFrom(ByteBuffer.allocate(Long.BYTES).putLong(0, id));
    }

    /** @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if it is not open */
    Transaction get(ByteString id, DatabaseName database) {
        Transaction transaction = open.get(checkKnown(id));
        if (transaction == null || !transaction.database().equals(database)) {
            throw StatusExceptions.invalid("Transaction is invalid or closed.");
        }
        transaction.touch(nanoTime.getAsLong());
        return transaction;
    }

    /**
     * Closes it, unless it is closed.
     *
     * @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if it is another database's or was never begun
     */
    void rollback(ByteString id, DatabaseName database) {
        Transaction transaction = open.get(checkKnown(id));
        if (transaction != null && !transaction.database().equals(database)) {
            throw StatusExceptions.invalid("Transaction is invalid or expired.");
        }
        open.remove(checkKnown(id));
    }

    void close(@Nullable Transaction transaction) {
        if (transaction != null) {
            open.remove(transaction.id());
        }
    }

    void closeAll(Predicate<Transaction> which) {
        open.values().removeIf(which);
    }

    /** Closes those that were left alone for too long. */
    void expire() {
        long now = nanoTime.getAsLong();
        open.values()
                .removeIf(transaction ->
                        now - transaction.usedNanos() > idleNanos || now - transaction.begunNanos() > totalNanos);
    }

    boolean isOpen(Transaction transaction) {
        return open.containsKey(transaction.id());
    }

    /** Whether a read-only one sees a document as it is. */
    boolean isRead(StoredDocument document) {
        return open.values().stream()
                .map(Transaction::snapshot)
                .anyMatch(snapshot -> snapshot != null && snapshot.get(document.path()) == document);
    }

    /** How many commits there were before the oldest read-only one; the greatest number if there is none. */
    long oldestSnapshot() {
        return open.values().stream()
                .filter(Transaction::isReadOnly)
                .mapToLong(Transaction::commits)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Whether another one has read what is to be written. */
    boolean block(Collection<ResourcePath> paths, @Nullable Transaction self) {
        return open.values().stream().anyMatch(other -> other != self && other.holdsAny(paths));
    }

    /** Whether one that waits for what this one has read has itself read what is to be written. */
    boolean deadlock(Collection<ResourcePath> paths, Transaction self) {
        return open.values().stream()
                .anyMatch(other -> other != self && other.holdsAny(paths) && self.holdsAny(other.waitingFor()));
    }

    /** @throws io.grpc.StatusRuntimeException INVALID_ARGUMENT if it was never begun */
    long checkKnown(ByteString id) {
        long number = id.size() == Long.BYTES ? id.asReadOnlyByteBuffer().getLong() : 0;
        if (number < 1 || number > lastId) {
            throw StatusExceptions.invalid("Invalid transaction.");
        }
        return number;
    }
}
