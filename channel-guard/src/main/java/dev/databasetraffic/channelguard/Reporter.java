package dev.databasetraffic.channelguard;

import io.grpc.Status;
import java.util.List;
import java.util.function.Consumer;

/** Says what the guard of one channel sees and does: to operators each absence and each return once, to listeners all. */
final class Reporter {

    private static final System.Logger log = System.getLogger("dev.databasetraffic.channelguard");

    private final GuardedChannel channel;
    private final String name;
    private final List<GuardListener> listeners;

    Reporter(GuardedChannel channel, String name, List<GuardListener> listeners) {
        this.channel = channel;
        this.name = name;
        this.listeners = listeners;
    }

    void started() {
        tell(listener -> listener.started(channel));
    }

    void away(Absence absence) {
        log.log(System.Logger.Level.WARNING, () -> name + " is away: " + absence.reason());
        changed(GuardState.CLOSED, GuardState.OPEN, absence.reason());
    }

    void back(Circuit.Closing closing) {
        String text = "back after " + closing.absence().lasted().toMillis() + " ms";
        log.log(System.Logger.Level.INFO, () -> name + " is " + text);
        changed(closing.from(), GuardState.CLOSED, text);
    }

    void changed(GuardState from, GuardState to, String reason) {
        tell(listener -> listener.changed(channel, from, to, reason));
    }

    void refused() {
        tell(listener -> listener.refused(channel));
    }

    void reconnecting(String reason) {
        tell(listener -> listener.reconnecting(channel, reason));
    }

    void probed(Status status) {
        tell(listener -> listener.probed(channel, status));
    }

    void stopped() {
        tell(listener -> listener.stopped(channel));
    }

    private void tell(Consumer<GuardListener> event) {
        for (GuardListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | Error e) {
                log.log(System.Logger.Level.ERROR, "a listener of the guard of " + name + " failed", e);
            }
        }
    }
}
