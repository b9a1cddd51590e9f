package dev.databasetraffic.kit;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/** A process on a leash, as whoever started it sees it. */
public interface Child {

    boolean isAlive();

    /** Completes with the exit code when the process has ended, whoever ended it. */
    CompletableFuture<Integer> exit();

    /** Calls the listener with the exit code if the process ends before it is closed. */
    void onUnexpectedEnd(IntConsumer listener);

    Path log();

    /** The last lines of its log, fewer if there are not as many; a sentence about the log if it can't be read. */
    String lastLines(int count);
}
