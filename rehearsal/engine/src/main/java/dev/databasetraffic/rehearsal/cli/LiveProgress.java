package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.rehearsal.experiment.HumanDuration;
import dev.databasetraffic.rehearsal.experiment.Phase;
import dev.databasetraffic.rehearsal.experiment.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Shows a run as it goes on: one line that is written over in a terminal, a line every few seconds elsewhere. */
final class LiveProgress implements Progress {

    private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);
    private static final int BAR = 16;
    /** Ticks over which the rate is taken: about a second. */
    private static final int RATE_TICKS = 5;

    private record Sample(long nanos, int acknowledged) {}

    private final Terminal terminal;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private Duration nextPlain = PLAIN_EVERY;

    LiveProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public synchronized void phase(Phase phase, Duration planned) {
        nextPlain = PLAIN_EVERY;
        String length = switch (phase) {
            case WARM_UP, VERIFY -> "";
            case SETTLE -> "  at most " + HumanDuration.format(planned);
            case STEADY, OUTAGE, RECOVERY -> "  " + HumanDuration.format(planned);
        };
        terminal.say(terminal.styled(Terminal.Style.BOLD, "▸ " + phase.label()) + length);
    }

    @Override
    public synchronized void tick(Tick tick) {
        String line = String.format(
                Locale.ROOT,
                "%5.1f / %s   %3d writes/s   ok %,d   failed %,d   unknown %,d",
                tick.inPhase().toMillis() / 1000.0,
                HumanDuration.format(tick.planned()),
                rate(tick),
                tick.acknowledged(),
                tick.failed(),
                tick.ambiguous());
        if (terminal.isInteractive()) {
            terminal.status("  " + bar(tick) + line);
        } else if (tick.inPhase().compareTo(nextPlain) >= 0) {
            nextPlain = nextPlain.plus(PLAIN_EVERY);
            terminal.say("  " + line);
        }
    }

    @Override
    public void event(Duration at, String what) {
        terminal.say(String.format(Locale.ROOT, "  %5.1f s  %s", at.toMillis() / 1000.0, what));
    }

    private int rate(Tick tick) {
        samples.addLast(new Sample(System.nanoTime(), tick.acknowledged()));
        while (samples.size() > RATE_TICKS) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        long nanos = last.nanos - first.nanos;
        return nanos == 0 ? 0 : (int) Math.round((last.acknowledged - first.acknowledged) * 1e9 / nanos);
    }

    private static String bar(Tick tick) {
        double share =
                Math.min(1, (double) tick.inPhase().toNanos() / tick.planned().toNanos());
        int full = (int) Math.round(share * BAR);
        return "█".repeat(full) + "░".repeat(BAR - full) + " ";
    }
}
