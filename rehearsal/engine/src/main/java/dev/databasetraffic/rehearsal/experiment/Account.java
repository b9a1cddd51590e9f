package dev.databasetraffic.rehearsal.experiment;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ledger held against the database: what callers were told, and what is true.
 *
 * @param outcomes how many writes ended with each outcome
 * @param settledWritten ambiguous writes whose repetition was acknowledged
 * @param unresolved ambiguous writes that nothing settled
 * @param comparison the database's side; absent if it could not be read back
 */
public record Account(
        Map<Outcome, Integer> outcomes,
        int settledWritten,
        int unresolved,
        @Nullable Comparison comparison) {

    private static final int MAX_EXAMPLES = 5;

    /**
     * What reading the database back showed.
     *
     * @param stored plants of this run in the database
     * @param acknowledgedLost acknowledged, at once or when settled, but not stored
     * @param duplicates stored more than once
     * @param phantoms refused or reported as not written, but stored
     * @param examples names of some of those, to look up
     */
    public record Comparison(int stored, int acknowledgedLost, int duplicates, int phantoms, List<String> examples) {}

    /** How many writes ended with an outcome. */
    public int count(Outcome outcome) {
        return outcomes.getOrDefault(outcome, 0);
    }

    /** An account of a ledger, compared with what is stored under each name, unless that is unknown. */
    static Account of(Ledger ledger, IntFunction<String> names, @Nullable Map<String, Integer> stored) {
        Map<Outcome, Integer> outcomes =
                ledger.ended().collect(Collectors.toMap(write -> write.answer().outcome(), write -> 1, Integer::sum));
        return new Account(
                outcomes,
                (int) count(ledger, write -> write.settlement() == Write.Settlement.WRITTEN),
                (int) count(ledger, Account::isOpen),
                stored == null ? null : compare(ledger, names, stored));
    }

    private static Comparison compare(Ledger ledger, IntFunction<String> names, Map<String, Integer> stored) {
        Predicate<Write> present = write -> stored.getOrDefault(names.apply(write.number()), 0) > 0;
        Predicate<Write> lost = write -> write.promised() && !present.test(write);
        Predicate<Write> doubled = write -> stored.getOrDefault(names.apply(write.number()), 0) > 1;
        Predicate<Write> phantom = write -> !write.promised() && !isOpen(write) && present.test(write);
        return new Comparison(
                stored.values().stream().mapToInt(Integer::intValue).sum(),
                (int) count(ledger, lost),
                (int) count(ledger, doubled),
                (int) count(ledger, phantom),
                ledger.ended()
                        .filter(lost.or(doubled).or(phantom))
                        .limit(MAX_EXAMPLES)
                        .map(write -> names.apply(write.number()))
                        .toList());
    }

    private static boolean isOpen(Write write) {
        return write.answer().outcome() == Outcome.AMBIGUOUS && write.settlement() != Write.Settlement.WRITTEN;
    }

    private static long count(Ledger ledger, Predicate<Write> predicate) {
        return ledger.ended().filter(predicate).count();
    }
}
