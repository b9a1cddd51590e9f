package dev.databasetraffic.bench.running;

import dev.databasetraffic.kit.Command;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Gives a service one processor, and all others to who loads it and serves it, so that it meets its own limit while they
 * have theirs before them. A {@link ProcessorQuota} alone would not do: on processors that others use meanwhile, each
 * request of a service that is stopped every few milliseconds costs several times as much.
 */
public final class OwnProcessor implements AutoCloseable {

    private static final Duration DONE_WITHIN = Duration.ofSeconds(10);

    private final int processors = Runtime.getRuntime().availableProcessors();
    private final List<Long> others;

    private OwnProcessor(List<Long> others) {
        this.others = others;
    }

    /** @param others the processes that are kept from it, beside this one and those that it will start */
    public static OwnProcessor give(long pid, Long... others) throws IOException, InterruptedException {
        OwnProcessor own = new OwnProcessor(List.of(others));
        if (own.processors < 2) {
            throw new IOException("There is one processor alone: this bench needs two.");
        }
        boolean given = false;
        try {
            own.confineOthers("1-" + (own.processors - 1));
            confine(pid, "0");
            given = true;
            return own;
        } finally {
            // This process would see one processor for ever.
            if (!given) {
                own.close();
            }
        }
    }

    private void confineOthers(String where) throws IOException, InterruptedException {
        confine(ProcessHandle.current().pid(), where);
        for (long other : others) {
            confine(other, where);
        }
    }

    /** All threads of a process, by util-linux. */
    private static void confine(long pid, String where) throws IOException, InterruptedException {
        Command.of("taskset", "--all-tasks", "--cpu-list", "--pid", where, Long.toString(pid))
                .succeed(DONE_WITHIN);
    }

    /** The others have all processors again. */
    @Override
    public void close() throws IOException {
        try {
            confineOthers("0-" + (processors - 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
