package dev.databasetraffic.rehearsal.experiment;

/** Some thousand writes in a row, about ten bytes each. */
final class LedgerBlock {

    static final int BITS = 12;
    static final int SIZE = 1 << BITS;

    /** An answer's number and, above these bits, what was learned of it later. */
    static final int ANSWER_BITS = 13;

    private static final int ANSWER = (1 << ANSWER_BITS) - 1;
    private static final Write.Settlement[] SETTLEMENTS = Write.Settlement.values();

    private final long origin;
    private final CompactTimes starts = new CompactTimes(SIZE);
    private final CompactTimes latencies = new CompactTimes(SIZE);
    private final short[] answers = new short[SIZE];
    private int size;
    private long earliestStart = Long.MAX_VALUE;
    private long latestStart = Long.MIN_VALUE;
    private long latestEnd = Long.MIN_VALUE;

    /** @param origin near which its writes begin */
    LedgerBlock(long origin) {
        this.origin = origin;
    }

    int size() {
        return size;
    }

    void begin(long start) {
        starts.set(size++, start - origin);
        earliestStart = Math.min(earliestStart, start);
        latestStart = Math.max(latestStart, start);
    }

    void end(int at, long end, int answer) {
        long latency = Math.max(0, end - start(at));
        latencies.set(at, latency);
        answers[at] = (short) answer;
        latestEnd = Math.max(latestEnd, start(at) + latency);
    }

    long start(int at) {
        return origin + starts.get(at);
    }

    long latency(int at) {
        return latencies.get(at);
    }

    /** 0 if there is none yet. */
    int answer(int at) {
        return answers[at] & ANSWER;
    }

    Write.Settlement settlement(int at) {
        return SETTLEMENTS[answers[at] >> ANSWER_BITS];
    }

    void settle(int at, Write.Settlement settlement) {
        answers[at] = (short) (answer(at) | settlement.ordinal() << ANSWER_BITS);
    }

    /** Whether one of its writes may have begun from a time on, and before another. */
    boolean mayHaveBegun(long from, long to) {
        return latestStart >= from && earliestStart < to;
    }

    /** Whether one of its writes ended at a time or later. */
    boolean endedSince(long moment) {
        return latestEnd >= moment;
    }
}
