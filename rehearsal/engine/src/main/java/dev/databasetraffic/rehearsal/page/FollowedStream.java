package dev.databasetraffic.rehearsal.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Lines of UTF-8 that somebody sends as they come. */
public final class FollowedStream implements ServiceLog {

    /** Beyond that, the oldest are dropped. */
    private static final int MOST_WAITING = 1000;

    private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Runnable end;
    private final String prefix;

    /**
     * Begins to read.
     *
     * @param prefix of each line, e.g. whose log it is
     * @param end ends the stream
     */
    public FollowedStream(String prefix, InputStream stream, Runnable end) {
        this.prefix = prefix;
        this.end = end;
        Thread reader = new Thread(() -> readAll(stream), "followed-log");
        reader.setDaemon(true);
        reader.start();
    }

    @Override
    public List<String> read() {
        List<String> lines = new ArrayList<>();
        waiting.drainTo(lines);
        return lines;
    }

    @Override
    public void close() {
        end.run();
    }

    private void readAll(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(prefix + line);
            }
            add("… " + prefix + "the log has ended");
        } catch (IOException e) {
            add("… " + prefix + "the log cannot be read any more: " + e.getMessage());
        }
    }

    private void add(String line) {
        while (!waiting.offer(line)) {
            waiting.poll();
        }
    }
}
