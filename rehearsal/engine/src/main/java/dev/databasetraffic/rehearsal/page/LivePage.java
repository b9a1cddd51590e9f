package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.experiment.Phase;
import dev.databasetraffic.rehearsal.experiment.Progress;
import dev.databasetraffic.rehearsal.experiment.Write;
import dev.databasetraffic.rehearsal.page.Story.Moment;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The page of one run, from its begin to its end. All methods may be called from any thread, and return at once. */
public final class LivePage implements AutoCloseable {

    /** For so long the first who comes waits for something to see. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(500);

    private final String token = random();
    private final Feed feed = new Feed(random().substring(0, 8));
    private final PageModel model;
    private final PageServer server;
    private final ExecutorService desk = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "page");
        thread.setDaemon(true);
        return thread;
    });

    private final Lookout lookout = new Lookout(this::look);

    private final AtomicBoolean closed = new AtomicBoolean();

    private LivePage(String title, int port) throws IOException {
        model = new PageModel(title, feed, lookout);
        server = PageServer.start(port, token, this);
    }

    /**
     * Returns when it can be opened.
     *
     * @param title of the page
     * @param port of the loopback address, 0 for any that is free
     * @throws IOException if it cannot listen there
     */
    public static LivePage start(String title, int port) throws IOException {
        return new LivePage(title, port);
    }

    /** Where it is, with what it takes to switch something in the part that browsers keep to themselves. */
    public URI address() {
        return URI.create(server.address() + "#" + token);
    }

    /** Shows a system. */
    public void watch(Watched watched) {
        watched.onMeshEvent(this::meshDid);
        tell(() -> model.watch(watched));
    }

    /** Shows no system any more, because it is ended. */
    public void unwatch() {
        ask(() -> {
            model.watch(null);
            return true;
        });
    }

    /** Lets viewers who have the token switch. The controls are not closed with the page. */
    public void offer(Controls controls) {
        tell(() -> model.offer(controls));
    }

    /** Tells a line of what is going on. */
    public void say(String line) {
        tell(() -> model.say(line));
    }

    /** Tells a result among others. */
    public void row(String line) {
        tell(() -> model.row(line));
    }

    /** Tells which part of a run of several begins. */
    public void step(String step) {
        tell(() -> model.run(model.run().at(step, System.currentTimeMillis())));
    }

    /** Shows what was done to the wire, of which no mesh knows. */
    public void happened(MeshEvent event) {
        Moment moment = model.heard(event);
        tell(() -> model.happened(moment));
    }

    /** A mesh, unlike a wire, ends open connections when their time is up. */
    private void meshDid(MeshEvent event) {
        Moment moment = model.heard(event);
        tell(() -> {
            model.drain(event);
            model.happened(moment);
        });
    }

    /** Shows a write among the others of its second. */
    public void ended(Write write) {
        Moment moment = model.ended(write);
        if (moment != null) {
            tell(() -> model.happened(moment));
        }
    }

    /** Shows a run as it goes on. */
    public Progress progress() {
        return new Progress() {
            @Override
            public void phase(Phase phase, Duration planned) {
                tell(() -> model.run(model.run().in(phase, planned, System.currentTimeMillis())));
            }

            @Override
            public void tick(Tick tick) {
                tell(() -> model.run(model.run().with(tick)));
            }

            @Override
            public void event(Duration at, String what) {
                // The mesh's own events are shown.
            }

            @Override
            public void ended(Write write) {
                LivePage.this.ended(write);
            }
        };
    }

    /** Tells the end, after which nothing comes. */
    public void end(Ending ending) {
        tell(() -> model.end(ending));
    }

    /** Tells viewers that this was the end, if nobody did yet, and leaves. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        ask(() -> {
            if (!model.isOver()) {
                model.end(Ending.of("It was ended."));
            }
            model.rest();
            feed.close();
            return true;
        });
        server.close();
        lookout.close();
        desk.shutdown();
    }

    // What the server asks for.

    @Nullable
    Viewer join(@Nullable String lastSeen) throws InterruptedException {
        CompletableFuture<Void> first = ask(lookout::begin);
        try {
            first.get(FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // It is told as soon as something has been seen.
        }
        return ask(() -> {
            lookout.begin();
            return feed.join(lastSeen, model::snapshot);
        });
    }

    private void look() {
        Observer observer = ask(model::observer);
        Glimpse glimpse = observer == null ? null : observer.look();
        tell(() -> {
            if (!lookout.isLooking()) {
                return;
            }
            if (observer != null && glimpse != null) {
                model.saw(observer, glimpse);
            } else {
                model.tell();
            }
            lookout.seen();
        });
    }

    void leave(Viewer viewer) {
        tell(() -> {
            feed.leave(viewer);
            if (!feed.isWatched() && lookout.isLooking()) {
                lookout.end();
                model.rest();
            }
        });
    }

    @Nullable
    Controls controls() {
        return ask(model::controls);
    }

    @Nullable
    Watched watched() {
        return ask(model::watched);
    }

    void note(String text) {
        tell(() -> model.note(text));
    }

    /** Has every viewer see what was switched now rather than in a second. */
    void tellNow() {
        tell(model::tell);
    }

    private void tell(Runnable task) {
        try {
            desk.execute(task);
        } catch (RejectedExecutionException e) {
            // Closed: nobody is there to be told.
        }
    }

    private <T extends @Nullable Object> T ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, desk).join();
    }

    private static String random() {
        byte[] bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
