package dev.databasetraffic.embedded;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import io.grpc.StatusRuntimeException;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All databases of all projects. Commits are made one after the other, and hold up no reader of what is stored.
 * A transaction's reads keep others from changing what it read, as in the genuine emulator: they wait for a while, then
 * give up.
 */
final class Store {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition transactionEnded = lock.newCondition();
    private final Transactions transactions;
    private final CommitClock clock;
    private final Memory memory;
    private final long lockWaitNanos;
    private long commits;
    private long deaths;
    private volatile Documents documents = Documents.NONE;

    Store(EmbeddedFirestoreOptions options, Clock clock, LongSupplier nanoTime) {
        transactions = new Transactions(options, nanoTime);
        this.clock = new CommitClock(clock);
        memory = new Memory(options.memoryLimit());
        lockWaitNanos = options.lockWait().toNanos();
    }

    /** What was read, and when. */
    record Reading(Documents documents, Timestamp time) {}

    /**
     * Reads what is stored now, or when a read-only transaction began.
     *
     * @param transaction empty for none
     * @param locks what a read-write transaction keeps others from changing
     */
    Reading read(DatabaseName database, ByteString transaction, Collection<ResourcePath> locks) {
        lock.lock();
        try {
            Documents read = documents;
            if (!transaction.isEmpty()) {
                transactions.expire();
                Transaction open = transactions.get(transaction, database);
                Documents snapshot = open.snapshot();
                if (snapshot == null) {
                    open.lock(locks);
                } else {
                    read = snapshot;
                }
            }
            return new Reading(read, clock.next());
        } finally {
            lock.unlock();
        }
    }

    /** @param retried one that was begun before; empty for none */
    ByteString begin(DatabaseName database, boolean readOnly, ByteString retried) {
        lock.lock();
        try {
            transactions.expire();
            if (!retried.isEmpty()) {
                transactions.checkKnown(retried);
            }
            return transactions.begin(database, readOnly ? documents : null, commits);
        } finally {
            lock.unlock();
        }
    }

    void rollback(DatabaseName database, ByteString transaction) {
        lock.lock();
        try {
            transactions.rollback(transaction, database);
            transactionEnded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes all of the writes or none.
     *
     * @param transaction empty for none; it ends, unless the call itself is wrong
     * @throws StatusRuntimeException ABORTED if others have read what is to be written and do not end in time
     */
    Committed commit(DatabaseName database, List<Mutation> mutations, ByteString transaction) {
        Mutation.checkCompatible(mutations);
        List<ResourcePath> paths = mutations.stream().map(Mutation::path).toList();
        lock.lock();
        try {
            transactions.expire();
            Transaction own = transaction.isEmpty() ? null : transactions.get(transaction, database);
            if (own != null && own.isReadOnly() && !mutations.isEmpty()) {
                throw StatusExceptions.invalid("Cannot modify entities in a read-only transaction.");
            }
            try {
                awaitOthers(paths, own);
                return change(mutations);
            } finally {
                transactions.close(own);
                transactionEnded.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Deletes all documents of all of the project's databases, and closes their transactions. */
    void clear(String project) {
        lock.lock();
        try {
            Documents rest = documents.withoutProject(project);
            long freed = footprint(documents) - footprint(rest);
            documents = rest;
            transactions.closeAll(
                    transaction -> transaction.database().project().equals(project));
            transactionEnded.signalAll();
            commits++;
            boolean isRead = transactions.oldestSnapshot() < commits;
            memory.change(isRead ? 0 : -freed, isRead ? freed : 0, commits, transactions.oldestSnapshot());
        } finally {
            lock.unlock();
        }
    }

    /** Ends them all, and the commits that wait for one: as if the process had died. */
    void endTransactions() {
        lock.lock();
        try {
            deaths++;
            transactions.closeAll(transaction -> true);
            transactionEnded.signalAll();
        } finally {
            lock.unlock();
        }
    }

    long footprint() {
        lock.lock();
        try {
            return memory.used();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a write waits for a transaction. */
    boolean isWaiting() {
        lock.lock();
        try {
            return lock.hasWaiters(transactionEnded);
        } finally {
            lock.unlock();
        }
    }

    private Committed change(List<Mutation> mutations) {
        Changes changes = new Changes(documents, clock.next());
        changes.apply(mutations);
        long growth = changes.added();
        long kept = 0;
        for (StoredDocument replaced : changes.replaced()) {
            if (transactions.isRead(replaced)) {
                kept += replaced.footprint();
            } else {
                growth -= replaced.footprint();
            }
        }
        memory.change(growth, kept, commits + 1, transactions.oldestSnapshot());
        commits++;
        documents = changes.documents();
        return changes.committed(mutations);
    }

    private void awaitOthers(Collection<ResourcePath> paths, @Nullable Transaction own) {
        long remaining = lockWaitNanos;
        long before = deaths;
        try {
            while (transactions.block(paths, own)) {
                if (remaining <= 0 || own != null && transactions.deadlock(paths, own)) {
                    throw StatusExceptions.aborted(StatusExceptions.LOCK_TIMEOUT);
                }
                if (own != null) {
                    own.waitFor(paths);
                }
                remaining = transactionEnded.awaitNanos(remaining);
                transactions.expire();
                if (own != null && !transactions.isOpen(own)) {
                    throw StatusExceptions.invalid("Transaction is invalid or closed.");
                }
                if (deaths != before) {
                    throw StatusExceptions.aborted("The database ended while this waited for another transaction.");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StatusExceptions.aborted("Interrupted while waiting for another transaction.");
        }
    }

    private static long footprint(Documents documents) {
        return documents.all().mapToLong(StoredDocument::footprint).sum();
    }
}
