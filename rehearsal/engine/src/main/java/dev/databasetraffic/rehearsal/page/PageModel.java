package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.mesh.traffic.RuleInForce;
import dev.databasetraffic.rehearsal.experiment.LiveLoad;
import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Write;
import dev.databasetraffic.rehearsal.page.Snapshot.Offer;
import dev.databasetraffic.rehearsal.page.Snapshot.Subject;
import dev.databasetraffic.rehearsal.page.Snapshot.Tick;
import dev.databasetraffic.rehearsal.page.Story.Moment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that the page shows. Confined to the page's thread, but for {@link #heard} and {@link #ended}. */
final class PageModel {

    private static final int MOST_LINES = 200;

    private final String title;
    private final Feed feed;
    private final WriteHistory history = new WriteHistory();
    private final Story story = new Story();
    private final List<String> says = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();
    private final Deque<String> lines = new ArrayDeque<>();
    private final Executor looks;
    private @Nullable Observer observer;
    private @Nullable Glimpse glimpse;
    private @Nullable Controls controls;
    private @Nullable Ending ending;
    private @Nullable Long drained;
    private RunState run = RunState.NONE;
    private long toldUntil;

    /** @param looks what looks at the system: in order, and one at a time */
    PageModel(String title, Feed feed, Executor looks) {
        this.title = title;
        this.feed = feed;
        this.looks = looks;
    }

    /** Shows another system, or none. */
    void watch(@Nullable Watched watched) {
        if (isOver()) {
            return;
        }
        forgetGlimpse();
        observer = watched == null ? null : new Observer(watched);
        drained = null;
        feed.publish("snapshot", snapshot());
    }

    void offer(Controls offered) {
        controls = offered;
        feed.publish("snapshot", snapshot());
    }

    @Nullable
    Controls controls() {
        return controls;
    }

    @Nullable
    Observer observer() {
        return observer;
    }

    @Nullable
    Watched watched() {
        return observer == null ? null : observer.watched();
    }

    void say(String line) {
        says.add(line);
        trim(says);
        feed.publish("says", line);
    }

    void row(String line) {
        rows.add(line);
        trim(rows);
        feed.publish("row", line);
    }

    void run(RunState state) {
        boolean another = !state.phase().equals(run.phase()) || !state.step().equals(run.step());
        run = state;
        if (another) {
            feed.publish("run", run);
        }
    }

    RunState run() {
        return run;
    }

    /** Of any thread, so that a write which fails at once comes after it. */
    Moment heard(MeshEvent event) {
        return story.add(event);
    }

    void drain(MeshEvent event) {
        switch (event.kind()) {
            case APPLIED -> drained = observer == null ? null : event.at().toEpochMilli() + observer.drainMillis();
            case OLD_CONNECTION_GONE, REMOVED -> drained = null;
            case DIVERTED -> {
                // The old connections live on all the same.
            }
        }
    }

    void happened(Moment moment) {
        feed.publish("moment", moment);
    }

    void note(String text) {
        feed.publish("moment", story.add(System.currentTimeMillis(), "note", text, ""));
    }

    /** @return the moment that this write makes, which is to be told of; null if it makes none */
    @Nullable
    Moment ended(Write write) {
        long now = System.currentTimeMillis();
        history.add(write, now);
        return story.add(write, now).orElse(null);
    }

    /** Nothing is asked for from now on, and what was seen last stays. */
    void end(Ending last) {
        ending = last;
        feed.publish("end", last);
    }

    boolean isOver() {
        return ending != null;
    }

    /** Tells what was seen. To be called about once a second while somebody watches. */
    void saw(Observer from, Glimpse seen) {
        if (isOver() || from != observer) {
            return;
        }
        glimpse = seen;
        if (!seen.lines().isEmpty()) {
            lines.addAll(seen.lines());
            while (lines.size() > Observer.MOST_LINES) {
                lines.removeFirst();
            }
            feed.publish("log", seen.lines());
        }
        tell();
    }

    /** Tells what is known, without another look. */
    void tell() {
        long now = System.currentTimeMillis();
        if (isOver()) {
            return;
        }
        feed.publish("tick", tickSince(toldUntil + 1, now));
        toldUntil = now / 1000 - 1;
    }

    /** Nobody watches any more: nothing is asked for, and whoever comes next gets everything. */
    void rest() {
        forgetGlimpse();
        feed.forget();
    }

    private void forgetGlimpse() {
        glimpse = null;
        lines.clear();
        if (observer != null) {
            looks.execute(observer::rest);
        }
    }

    Object snapshot() {
        long now = System.currentTimeMillis();
        Watched watched = watched();
        return new Snapshot(
                title,
                Stream.of(Outcome.values()).map(Outcome::label).toList(),
                watched == null
                        ? null
                        : new Subject(watched.service(), watched.address().toString(), watched.host()),
                controls == null ? null : new Offer(controls.outages(), controls.sample(), LiveLoad.MOST),
                tickSince(now / 1000 - WriteHistory.SECONDS, now),
                story.moments(),
                List.copyOf(lines),
                List.copyOf(says),
                List.copyOf(rows),
                ending);
    }

    private Tick tickSince(long second, long now) {
        List<RuleInForce> rules = glimpse == null ? List.of() : glimpse.rules();
        return new Tick(
                now,
                glimpse == null ? null : glimpse.scene(),
                history.since(second, now),
                drained,
                controls == null ? Set.of() : controls.inForce(rules),
                controls == null ? 0 : controls.rate(),
                run);
    }

    private static void trim(List<String> lines) {
        if (lines.size() > MOST_LINES) {
            lines.remove(0);
        }
    }
}
