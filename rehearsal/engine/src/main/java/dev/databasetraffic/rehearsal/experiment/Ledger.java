package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every write of a run and what became of it: 10 bytes each, 18 at most where writes are few or slow, so that a hundred
 * million of a fast run fit into 1 GB. Safe for use by many threads.
 */
final class Ledger implements Entries {

    /** What the end of a rehearsal makes of a write that was in flight. */
    static final Answer UNANSWERED = new Answer(Outcome.AMBIGUOUS, 0, "no answer when the rehearsal ended", false);

    private static final int MAX_KINDS = 1000;

    private final List<LedgerBlock> blocks = new ArrayList<>();
    private int size;

    /** Different answers are few; each write holds the number of its own, counted from 1. 0 means: none yet. */
    private final List<Answer> distinct = new ArrayList<>();

    private final Map<Answer, Integer> numbers = new HashMap<>();
    private final int[] counts = new int[Outcome.values().length];
    private int ended;
    private final Consumer<Write> listener;

    Ledger() {
        this(write -> {});
    }

    /** @param listener told of each write that has ended, in the order of ends; must return at once */
    Ledger(Consumer<Write> listener) {
        this.listener = listener;
    }

    @Override
    public synchronized int begin(long start) {
        if (size == blocks.size() * LedgerBlock.SIZE) {
            blocks.add(new LedgerBlock(start));
        }
        block(size).begin(start);
        return size++;
    }

    @Override
    public synchronized void end(int number, long end, Answer answer) {
        if (block(number).answer(at(number)) != 0) {
            return;
        }
        block(number).end(at(number), end, numberOf(answer));
        counts[answer.outcome().ordinal()]++;
        ended++;
        listener.accept(write(number));
    }

    /** Ends the writes still in flight, as ambiguous. */
    synchronized void endAll(long now) {
        for (int n = 0; n < size && inFlight() > 0; n++) {
            end(n, now, UNANSWERED);
        }
    }

    synchronized void settle(int number, Write.Settlement settlement) {
        block(number).settle(at(number), settlement);
    }

    /** How many writes ended with an outcome so far. */
    synchronized int count(Outcome outcome) {
        return counts[outcome.ordinal()];
    }

    @Override
    public synchronized int inFlight() {
        return size - ended;
    }

    synchronized int size() {
        return size;
    }

    /** How many writes that began before a moment have not ended. */
    synchronized int inFlightSince(Duration moment) {
        long before = moment.toNanos();
        return (int) blocks.stream()
                .filter(block -> block.mayHaveBegun(Long.MIN_VALUE, before))
                .flatMapToInt(block -> IntStream.range(0, block.size())
                        .filter(at -> block.answer(at) == 0 && block.start(at) < before))
                .count();
    }

    /** The writes that have ended, in the order in which they were due. */
    Stream<Write> ended() {
        return ended(block -> true);
    }

    /** Those of them that began in a phase. */
    Stream<Write> began(Phase.Span span) {
        long from = span.start().toNanos();
        long to = span.end().toNanos();
        return ended(block -> block.mayHaveBegun(from, to)).filter(write -> span.contains(write.start()));
    }

    /** Those of them that ended at a moment or later. */
    Stream<Write> endedSince(Duration moment) {
        return ended(block -> block.endedSince(moment.toNanos()))
                .filter(write -> write.end().compareTo(moment) >= 0);
    }

    /** The earliest end, at a moment or later, of a write with such an answer; absent if there is none. */
    synchronized @Nullable Duration firstEndSince(Duration moment, Predicate<Answer> which) {
        boolean[] such = new boolean[distinct.size() + 1];
        IntStream.range(0, distinct.size()).forEach(n -> such[n + 1] = which.test(distinct.get(n)));
        long since = moment.toNanos();
        long first = Long.MAX_VALUE;
        for (LedgerBlock block : blocks) {
            if (block.endedSince(since) && block.mayHaveBegun(Long.MIN_VALUE, first)) {
                for (int at = 0; at < block.size(); at++) {
                    long end = block.start(at) + block.latency(at);
                    first = end >= since && such[block.answer(at)] ? Math.min(first, end) : first;
                }
            }
        }
        return first == Long.MAX_VALUE ? null : Duration.ofNanos(first);
    }

    /** Block by block, so that a run's writes are never there as objects all at once. */
    private Stream<Write> ended(Predicate<LedgerBlock> which) {
        return IntStream.range(0, (size() + LedgerBlock.SIZE - 1) >> LedgerBlock.BITS)
                .mapToObj(number -> ended(number, which))
                .flatMap(List::stream);
    }

    private synchronized List<Write> ended(int number, Predicate<LedgerBlock> which) {
        LedgerBlock block = blocks.get(number);
        if (!which.test(block)) {
            return List.of();
        }
        int first = number << LedgerBlock.BITS;
        return IntStream.range(0, block.size())
                .filter(at -> block.answer(at) != 0)
                .mapToObj(at -> write(first + at))
                .toList();
    }

    private LedgerBlock block(int number) {
        return blocks.get(number >> LedgerBlock.BITS);
    }

    private static int at(int number) {
        return number & LedgerBlock.SIZE - 1;
    }

    private Write write(int number) {
        LedgerBlock block = block(number);
        int at = at(number);
        return new Write(
                number,
                Duration.ofNanos(block.start(at)),
                Duration.ofNanos(block.latency(at)),
                distinct.get(block.answer(at) - 1),
                block.settlement(at));
    }

    /** At most {@link #MAX_KINDS}, and one for each other outcome and status: fewer than a block has numbers for. */
    private int numberOf(Answer answer) {
        Integer known = numbers.get(answer);
        if (known != null) {
            return known;
        }
        Answer kept = distinct.size() < MAX_KINDS
                ? answer
                : new Answer(answer.outcome(), answer.status(), "other", answer.foreseen());
        return numbers.computeIfAbsent(kept, added -> {
            distinct.add(added);
            return distinct.size();
        });
    }
}
