package dev.databasetraffic.embedded;

import java.time.Duration;

/**
 * How to run the stand-in.
 *
 * @param host the address that it listens on
 * @param port where it listens; 0 for any free port
 * @param memoryLimit how many bytes of heap the documents may take, at least a million; writes beyond it are refused
 *     with RESOURCE_EXHAUSTED
 * @param lockWait how long a write waits for transactions that have read what it changes, before it is ABORTED
 * @param transactionIdle after how long without a call a transaction is closed
 * @param transactionTotal after how long a transaction is closed in any case
 */
public record EmbeddedFirestoreOptions(
        String host,
        int port,
        long memoryLimit,
        Duration lockWait,
        Duration transactionIdle,
        Duration transactionTotal) {

    private static final long LEAST_MEMORY = 1_000_000;

    public EmbeddedFirestoreOptions {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host is blank; it is an address to listen on, such as 127.0.0.1");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + "; it is from 0 to 65535");
        }
        if (memoryLimit < LEAST_MEMORY) {
            throw new IllegalArgumentException(
                    "memoryLimit is " + memoryLimit + " bytes; it is at least " + LEAST_MEMORY);
        }
        checkPositive("lockWait", lockWait);
        checkPositive("transactionIdle", transactionIdle);
        checkPositive("transactionTotal", transactionTotal);
    }

    /** A free port of the loopback address, half of the heap, and the times of the genuine emulator and of Firestore. */
    public static EmbeddedFirestoreOptions defaults() {
        return new EmbeddedFirestoreOptions(
                "127.0.0.1",
                0,
                Runtime.getRuntime().maxMemory() / 2,
                Duration.ofSeconds(2),
                Duration.ofSeconds(60),
                Duration.ofSeconds(270));
    }

    public EmbeddedFirestoreOptions withHost(String newHost) {
        return new EmbeddedFirestoreOptions(newHost, port, memoryLimit, lockWait, transactionIdle, transactionTotal);
    }

    public EmbeddedFirestoreOptions withPort(int newPort) {
        return new EmbeddedFirestoreOptions(host, newPort, memoryLimit, lockWait, transactionIdle, transactionTotal);
    }

    public EmbeddedFirestoreOptions withMemoryLimit(long newMemoryLimit) {
        return new EmbeddedFirestoreOptions(host, port, newMemoryLimit, lockWait, transactionIdle, transactionTotal);
    }

    public EmbeddedFirestoreOptions withLockWait(Duration newLockWait) {
        return new EmbeddedFirestoreOptions(host, port, memoryLimit, newLockWait, transactionIdle, transactionTotal);
    }

    private static void checkPositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " is " + duration + "; it is to be positive");
        }
    }
}
