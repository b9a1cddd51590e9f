package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.mesh.traffic.RuleInForce;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at one system, which may take a while. Confined to one thread, but for what does not change. */
final class Observer {

    static final int MOST_LINES = 500;
    private static final int LONGEST_LINE = 2000;

    private final Watched watched;
    private SceneBuilder builder;
    private @Nullable ServiceLog log;
    private List<RuleInForce> rules = List.of();

    Observer(Watched watched) {
        this.watched = watched;
        builder = new SceneBuilder(watched.host());
    }

    Watched watched() {
        return watched;
    }

    long drainMillis() {
        return watched.drain().toMillis();
    }

    Glimpse look() {
        Scene scene = scene();
        return new Glimpse(scene, rules, readLog());
    }

    /** Lets go of what it holds open; the next look begins anew. */
    void rest() {
        if (log != null) {
            log.close();
            log = null;
        }
        watched.rest();
        builder = new SceneBuilder(watched.host());
        rules = List.of();
    }

    private Scene scene() {
        try {
            Look look = watched.look();
            rules = look.rules();
            return builder.of(look, System.nanoTime());
        } catch (IOException | RuntimeException e) {
            return new Scene(List.of(), List.of(), "The mesh could not be asked: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Scene(List.of(), List.of(), "The mesh is not asked any more.");
        }
    }

    private List<String> readLog() {
        try {
            if (log == null) {
                log = watched.log();
            }
            List<String> read = log.read();
            return read.subList(Math.max(0, read.size() - MOST_LINES), read.size()).stream()
                    .map(line -> line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…")
                    .toList();
        } catch (IOException e) {
            return List.of("… the log cannot be read: " + e.getMessage());
        }
    }
}
