package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.mesh.traffic.RuleInForce;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at one system, and keeps what it saw last. Confined to one thread. */
final class Observer implements AutoCloseable {

    private static final int MOST_LINES = 500;
    private static final int LONGEST_LINE = 2000;

    private final Watched watched;
    private final Deque<String> lines = new ArrayDeque<>();
    private SceneBuilder builder;
    private @Nullable ServiceLog log;
    private @Nullable Scene scene;
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

    @Nullable
    Scene scene() {
        return scene;
    }

    List<RuleInForce> rules() {
        return rules;
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Returns the lines that the service has logged since the last look. */
    List<String> look() {
        lookAtMesh();
        List<String> fresh = readLog();
        lines.addAll(fresh);
        while (lines.size() > MOST_LINES) {
            lines.removeFirst();
        }
        return fresh;
    }

    /** Lets go of what it holds open; the next look begins anew. */
    void rest() {
        if (log != null) {
            log.close();
            log = null;
        }
        lines.clear();
        builder = new SceneBuilder(watched.host());
        scene = null;
    }

    @Override
    public void close() {
        rest();
    }

    private void lookAtMesh() {
        try {
            Look look = watched.look();
            rules = look.rules();
            scene = builder.of(look, System.nanoTime());
        } catch (IOException | RuntimeException e) {
            scene = new Scene(List.of(), List.of(), "The mesh could not be asked: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
