package dev.databasetraffic.rehearsal.experiment;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A ledger alone, filled as a run of so many writes would fill it, and held against a database that lost, doubled and kept
 * what it should not, a known number of times. Not a test, as it takes minutes; {@code bench/run ledger} runs it.
 */
final class LedgerTrial {

    private static final int RATE = 5000;
    private static final int IN_FLIGHT = 64;
    private static final int EACH = 1_000_003;
    private static final Answer STORED = new Answer(Outcome.ACKNOWLEDGED, 201, "", true);
    private static final Answer AWAY = new Answer(Outcome.NOT_WRITTEN, 503, "urn:away", true);
    private static final Answer TIMEOUT = new Answer(Outcome.AMBIGUOUS, 0, "no answer", false);

    private final int writes;
    private final Ledger ledger = new Ledger();
    private final SplittableRandom random = new SplittableRandom(16);

    private LedgerTrial(int writes) {
        this.writes = writes;
    }

    /** @param arguments how many writes */
    public static void main(String[] arguments) {
        new LedgerTrial(Integer.parseInt(arguments[0])).run();
    }

    private void run() {
        long before = used();
        long start = System.nanoTime();
        fill();
        double filled = seconds(start);
        double bytes = (used() - before) / (double) writes;

        start = System.nanoTime();
        StoredWrites stored = new StoredWrites("rehearsal-trial-", writes);
        Expected expected = store(stored);
        double read = seconds(start);

        start = System.nanoTime();
        Account account = Account.of(ledger, operations(), number -> "rehearsal-trial-" + number, stored);
        double accounted = seconds(start);

        start = System.nanoTime();
        Phase.Span all = new Phase.Span(Phase.RECOVERY, Duration.ZERO, due(writes));
        Figures figures = Figures.of(List.of(all), new Markers(null, null, null, null, null, null), ledger);
        Timeline timeline = Timeline.of(ledger, all.end());
        double figured = seconds(start);

        Account.Comparison comparison = requireNonNull(account.comparison());
        boolean exact = comparison.acknowledgedLost() == expected.lost
                && comparison.duplicates() == expected.doubled
                && comparison.phantoms() == expected.phantoms
                && figures.phases().get(0).sent() == writes
                && timeline.slices().stream()
                                .flatMap(slice -> slice.outcomes().values().stream())
                                .mapToInt(Integer::intValue)
                                .sum()
                        <= writes;
        System.out.printf(
                Locale.ROOT,
                "{\"writes\": %d, \"bytesPerWrite\": %.2f, \"heapLimitMegabytes\": %d, \"exact\": %b, \"lost\": %d,"
                        + " \"doubled\": %d, \"phantoms\": %d, \"fillSeconds\": %.1f, \"readSeconds\": %.1f,"
                        + " \"accountSeconds\": %.1f, \"figuresSeconds\": %.1f}%n",
                writes,
                bytes,
                Runtime.getRuntime().maxMemory() / 1_000_000,
                exact,
                comparison.acknowledgedLost(),
                comparison.duplicates(),
                comparison.phantoms(),
                filled,
                read,
                accounted,
                figured);
        if (!exact) {
            System.exit(1);
        }
    }

    private void fill() {
        for (int n = 0; n < writes + IN_FLIGHT; n++) {
            if (n < writes) {
                ledger.begin(due(n).toNanos());
            }
            int ending = n - IN_FLIGHT;
            if (ending >= 0) {
                Answer answer = answer(ending);
                long latency = answer == TIMEOUT ? 10_000_000_000L : 1_000_000 + random.nextInt(20_000_000);
                ledger.end(ending, due(ending).toNanos() + latency, answer);
            }
        }
    }

    /** Of ten thousand writes one is unknown, of a thousand one is not written. */
    private static Answer answer(int number) {
        return number % 10_000 == 17 ? TIMEOUT : number % 1_000 == 5 ? AWAY : STORED;
    }

    private record Expected(int lost, int doubled, int phantoms) {}

    private Expected store(StoredWrites stored) {
        int lost = 0;
        int doubled = 0;
        int phantoms = 0;
        for (int n = 0; n < writes; n++) {
            Answer answer = answer(n);
            boolean odd = n % EACH == 0;
            boolean acknowledged = answer == STORED;
            if (acknowledged && odd) {
                lost++;
            } else if (acknowledged && n % EACH == 1) {
                stored.accept("rehearsal-trial-" + n, 2);
                doubled++;
            } else if (acknowledged) {
                stored.accept("rehearsal-trial-" + n, 1);
            } else if (answer == AWAY && n % 2_000_000 == 1_005) {
                stored.accept("rehearsal-trial-" + n, 1);
                phantoms++;
            }
        }
        return new Expected(lost, doubled, phantoms);
    }

    private static Operations operations() {
        return new Operations(List.of(Experiments.planting()));
    }

    private static Duration due(int number) {
        return Duration.ofNanos(number * 1_000_000_000L / RATE);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
