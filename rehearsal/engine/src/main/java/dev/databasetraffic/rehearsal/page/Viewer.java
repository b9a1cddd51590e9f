package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.rehearsal.page.Feed.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One open page. */
final class Viewer {

    /** A browser that does not read for so long gets everything anew when it comes back. */
    private static final int MOST_WAITING = 600;

    private static final long HEARTBEAT_SECONDS = 5;
    private static final Event END = new Event("", "", "");

    private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private volatile boolean ended;

    /** @return whether it can be told; if not, it has fallen behind and is over */
    boolean offer(Event event) {
        boolean taken = waiting.offer(event);
        if (!taken) {
            ended = true;
        }
        return taken;
    }

    /** Nothing comes after what waits. */
    void end() {
        offer(END);
    }

    /**
     * Writes what comes, until the end; see https://html.spec.whatwg.org/multipage/server-sent-events.html.
     *
     * @throws IOException if the browser has gone
     */
    void serve(OutputStream out) throws IOException, InterruptedException {
        while (!ended) {
            Event event = waiting.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS);
            if (event == END) {
                return;
            }
            String text = event == null
                    ? ":\n\n"
                    : "id: " + event.id() + "\nevent: " + event.name() + "\ndata: " + event.data() + "\n\n";
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
