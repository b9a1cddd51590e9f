package dev.databasetraffic.rehearsal.experiment;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
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

    /** An account of a ledger, compared with what is stored, unless that is unknown. */
    static Account of(Ledger ledger, Operations operations, IntFunction<String> keys, @Nullable StoredWrites stored) {
        Sum sum = new Sum(operations, keys, stored);
        ledger.ended().filter(write -> operations.isWrite(write.number())).forEach(sum::add);
        return new Account(
                sum.outcomes,
                sum.settledWritten,
                sum.unresolved,
                sum.unrepeatable,
                stored == null
                        ? null
                        : new Comparison(
                                stored.total(), sum.lost, sum.doubled, sum.phantoms, List.copyOf(sum.examples)));
    }

    /** Adds up writes, one after the other. */
    private static final class Sum {

        private final Operations operations;
        private final IntFunction<String> keys;
        private final @Nullable StoredWrites stored;
        private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        private int settledWritten;
        private int unresolved;
        private int unrepeatable;
        private int lost;
        private int doubled;
        private int phantoms;
        private final List<String> examples = new ArrayList<>();

        Sum(Operations operations, IntFunction<String> keys, @Nullable StoredWrites stored) {
            this.operations = operations;
            this.keys = keys;
            this.stored = stored;
        }

        void add(Write write) {
            outcomes.merge(write.answer().outcome(), 1, Integer::sum);
            boolean settled = write.settlement() == Write.Settlement.WRITTEN;
            boolean open = write.answer().outcome() == Outcome.AMBIGUOUS && !settled;
            settledWritten += settled ? 1 : 0;
            if (open) {
                boolean repeatable = operations.isRepeatable(write.number());
                unresolved += repeatable ? 1 : 0;
                unrepeatable += repeatable ? 0 : 1;
            }
            if (stored != null) {
                compare(write, open, stored.times(write.number()));
            }
        }

        private void compare(Write write, boolean open, int times) {
            boolean isLost = write.promised() && times == 0;
            boolean isDoubled = times > 1;
            boolean isPhantom = !write.promised() && !open && times > 0;
            lost += isLost ? 1 : 0;
            doubled += isDoubled ? 1 : 0;
            phantoms += isPhantom ? 1 : 0;
            if ((isLost || isDoubled || isPhantom) && examples.size() < MAX_EXAMPLES) {
                examples.add(keys.apply(write.number()));
            }
        }
    }
}
