package dev.databasetraffic.rehearsal.experiment;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ledger held against the database: what callers were told, and what is true.
 *
 * @param outcomes how many writes ended with each outcome; reads are not counted
 * @param settledWritten ambiguous writes whose repetition was acknowledged
 * @param unresolved ambiguous writes that could be repeated, and that no repetition settled
 * @param unrepeatable ambiguous writes that must not be repeated, so that their callers never learn
 * @param comparison the database's side; absent if it could not be read back
 */
public record Account(
        Map<Outcome, Integer> outcomes,
        int settledWritten,
        int unresolved,
        int unrepeatable,
        @Nullable Comparison comparison) {

    private static final int MAX_EXAMPLES = 5;

    /**
     * What reading the database back showed.
     *
     * @param stored writes of this run in the database
     * @param acknowledgedLost acknowledged, at once or when settled, but not stored
     * @param duplicates stored more than once
     * @param phantoms refused or reported as not written, but stored
     * @param examples keys of some of those, to look up
     */
    public record Comparison(int stored, int acknowledgedLost, int duplicates, int phantoms, List<String> examples) {}

    /** How many writes ended with an outcome. */
    public int count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    /** An account of a ledger, compared with what is stored under each key, unless that is unknown. */
    static Account of(
            Ledger ledger, Operations operations, IntFunction<String> keys, @Nullable Map<String, Integer> stored) {
        Supplier<Stream<Write>> writes = () -> ledger.ended().filter(write -> operations.isWrite(write.number()));
        Predicate<Write> repeatable = write -> operations.isRepeatable(write.number());
        return new Account(
                writes.get().collect(Collectors.toMap(write -> write.answer().outcome(), write -> 1, Integer::sum)),
                count(writes, write -> write.settlement() == Write.Settlement.WRITTEN),
                count(writes, repeatable.and(Account::isOpen)),
                count(writes, repeatable.negate().and(Account::isOpen)),
                stored == null ? null : compare(writes, keys, stored));
    }

    private static Comparison compare(
            Supplier<Stream<Write>> writes, IntFunction<String> keys, Map<String, Integer> stored) {
        Predicate<Write> present = write -> stored.getOrDefault(keys.apply(write.number()), 0) > 0;
        Predicate<Write> lost = write -> write.promised() && !present.test(write);
        Predicate<Write> doubled = write -> stored.getOrDefault(keys.apply(write.number()), 0) > 1;
        Predicate<Write> phantom = write -> !write.promised() && !isOpen(write) && present.test(write);
        return new Comparison(
                stored.values().stream().mapToInt(Integer::intValue).sum(),
                count(writes, lost),
                count(writes, doubled),
                count(writes, phantom),
                writes.get()
                        .filter(lost.or(doubled).or(phantom))
                        .limit(MAX_EXAMPLES)
                        .map(write -> keys.apply(write.number()))
                        .toList());
    }

    private static boolean isOpen(Write write) {
        return write.answer().outcome() == Outcome.AMBIGUOUS && write.settlement() != Write.Settlement.WRITTEN;
    }

    private static int count(Supplier<Stream<Write>> writes, Predicate<Write> predicate) {
        return (int) writes.get().filter(predicate).count();
    }
}
