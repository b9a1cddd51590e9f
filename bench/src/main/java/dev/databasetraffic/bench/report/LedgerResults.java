package dev.databasetraffic.bench.report;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Everything that the bench of the ledger measured. */
public record LedgerResults(Instant startedAt, Machine machine, Trial trial) {

    /**
     * One trial of a ledger.
     *
     * @param exact whether it found what was lost, doubled and kept, and nothing else
     * @param fillSeconds to enter every write, and its end; the others are what comes after the load
     */
    public record Trial(
            int writes,
            double bytesPerWrite,
            long heapLimitMegabytes,
            boolean exact,
            int lost,
            int doubled,
            int phantoms,
            double fillSeconds,
            double readSeconds,
            double accountSeconds,
            double figuresSeconds) {}

    public String markdown() {
        return String.join(
                "\n\n",
                Markdown.measured(startedAt, machine),
                Markdown.table(
                        List.of("goal", "measured", "met"),
                        List.of(List.of(
                                String.format(Locale.ROOT, "%,d writes in 2 GB, exact all the same", trial.writes()),
                                String.format(
                                        Locale.ROOT,
                                        "%.2f GB; lost %,d, doubled %,d, phantoms %,d",
                                        trial.bytesPerWrite() * trial.writes() / 1e9,
                                        trial.lost(),
                                        trial.doubled(),
                                        trial.phantoms()),
                                Goal.met(trial.exact())))),
                Markdown.table(
                        List.of("part", "s"),
                        List.of(
                                List.of("entering every write and its end", seconds(trial.fillSeconds())),
                                List.of("taking in what is stored", seconds(trial.readSeconds())),
                                List.of("the account of what is lost and doubled", seconds(trial.accountSeconds())),
                                List.of("all figures and the timeline", seconds(trial.figuresSeconds())))));
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
