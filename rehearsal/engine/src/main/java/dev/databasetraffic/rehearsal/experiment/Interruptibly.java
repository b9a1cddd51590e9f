package dev.databasetraffic.rehearsal.experiment;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for calls that end with an answer, never exceptionally, in a way that Ctrl-C can end. */
final class Interruptibly {

    private Interruptibly() {}

    static <T> T get(CompletableFuture<T> call) throws InterruptedException {
        try {
            return call.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
