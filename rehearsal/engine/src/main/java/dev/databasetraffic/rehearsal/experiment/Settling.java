package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Learns what became of the ambiguous writes as their callers would: by repeating each that may be, with its key, until the
 * service acknowledges it or time is up. Being told again that nothing was written does not settle it: that speaks of
 * the repetition, not of the first attempt.
 */
final class Settling {

    private static final int AT_ONCE = 32;
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Caller caller;
    private final Ledger ledger;
    private final Operations operations;
    private final IntFunction<String> keys;
    private final Queue<Integer> open = new ConcurrentLinkedQueue<>();

    Settling(Caller caller, Ledger ledger, Operations operations, IntFunction<String> keys) {
        this.caller = caller;
        this.ledger = ledger;
        this.operations = operations;
        this.keys = keys;
    }

    /** Settles what it can; begins no further repetition when the time is up. */
    void run(Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        ledger.ended()
                .filter(write -> write.answer().outcome() == Outcome.AMBIGUOUS)
                .filter(write -> operations.isRepeatable(write.number()))
                .forEach(write -> {
                    ledger.settle(write.number(), Write.Settlement.UNRESOLVED);
                    open.add(write.number());
                });
        while (!open.isEmpty() && System.nanoTime() < deadline) {
            boolean allSettled = repeatSome();
            if (!allSettled) {
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        }
    }

    private boolean repeatSome() throws InterruptedException {
        CompletableFuture<?>[] batch = Stream.generate(open::poll)
                .limit(Math.min(AT_ONCE, open.size()))
                .map(this::repeat)
                .toArray(CompletableFuture<?>[]::new);
        Interruptibly.get(CompletableFuture.allOf(batch));
        return Stream.of(batch).allMatch(settled -> Boolean.TRUE.equals(settled.getNow(null)));
    }

    private CompletableFuture<Boolean> repeat(int number) {
        return caller.ask(number, keys.apply(number)).thenApply(answer -> {
            boolean settled = answer.outcome() == Outcome.ACKNOWLEDGED;
            if (settled) {
                ledger.settle(number, Write.Settlement.WRITTEN);
            } else {
                open.add(number);
            }
            return settled;
        });
    }
}
