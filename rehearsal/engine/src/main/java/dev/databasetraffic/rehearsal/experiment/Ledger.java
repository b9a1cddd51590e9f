package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Every write of a run and what became of it. About 24 bytes a write: a day at 50 writes a second fits into 110 MB.
 * Safe for use by many threads.
 */
final class Ledger implements Entries {

    private static final Answer UNANSWERED =
            new Answer(Outcome.AMBIGUOUS, 0, "no answer when the rehearsal ended", false);
    private static final int MAX_KINDS = 1000;

    private long[] starts = new long[1024];
    private long[] latencies = new long[1024];
    private short[] answers = new short[1024];
    private byte[] settlements = new byte[1024];
    private int size;

    /** Different answers are few; each write holds the number of its own, counted from 1. 0 means: none yet. */
    private final List<Answer> distinct = new ArrayList<>();

    private final Map<Answer, Short> numbers = new HashMap<>();
    private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
    private int ended;
    private final Consumer<Write> listener;
    private int acknowledgedInARow;

    Ledger() {
        this(write -> {});
    }

    /** @param listener told of each write that has ended, in the order of ends; must return at once */
    Ledger(Consumer<Write> listener) {
        this.listener = listener;
    }

    @Override
    public synchronized int begin(long start) {
        if (size == starts.length) {
            int larger = size + (size >> 1);
            starts = Arrays.copyOf(starts, larger);
            latencies = Arrays.copyOf(latencies, larger);
            answers = Arrays.copyOf(answers, larger);
            settlements = Arrays.copyOf(settlements, larger);
        }
        starts[size] = start;
        return size++;
    }

    @Override
    public synchronized void end(int number, long end, Answer answer) {
        if (answers[number] != 0) {
            return;
        }
        latencies[number] = Math.max(0, end - starts[number]);
        answers[number] = numberOf(answer);
        counts.merge(answer.outcome(), 1, Integer::sum);
        ended++;
        acknowledgedInARow = answer.outcome() == Outcome.ACKNOWLEDGED ? acknowledgedInARow + 1 : 0;
        listener.accept(write(number));
    }

    /** Ends the writes still in flight, as ambiguous. */
    synchronized void endAll(long now) {
        for (int n = 0; n < size; n++) {
            if (answers[n] == 0) {
                end(n, now, UNANSWERED);
            }
        }
    }

    synchronized void settle(int number, Write.Settlement settlement) {
        settlements[number] = (byte) settlement.ordinal();
    }

    /** How many writes ended with an outcome so far. */
    synchronized int count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }

    /** How many of the latest answers were acknowledgements, without another in between. */
    synchronized int acknowledgedInARow() {
        return acknowledgedInARow;
    }

    @Override
    public synchronized int inFlight() {
        return size - ended;
    }

    synchronized int size() {
        return size;
    }

    /** The writes that have ended, in the order in which they were due. */
    Stream<Write> ended() {
        IntFunction<List<Write>> endedAt = number -> {
            synchronized (this) {
                return answers[number] == 0 ? List.of() : List.of(write(number));
            }
        };
        return IntStream.range(0, size()).mapToObj(endedAt).flatMap(List::stream);
    }

    private Write write(int number) {
        return new Write(
                number,
                Duration.ofNanos(starts[number]),
                Duration.ofNanos(latencies[number]),
                distinct.get(answers[number] - 1),
                Write.Settlement.values()[settlements[number]]);
    }

    private short numberOf(Answer answer) {
        Answer kept = distinct.size() < MAX_KINDS
                ? answer
                : new Answer(answer.outcome(), answer.status(), "other", answer.foreseen());
        return numbers.computeIfAbsent(numbers.containsKey(answer) ? answer : kept, added -> {
            distinct.add(added);
            return (short) distinct.size();
        });
    }
}
