package dev.databasetraffic.rehearsal.report;

import static dev.databasetraffic.rehearsal.report.Series.seconds;
import static dev.databasetraffic.rehearsal.report.Templates.number;

import dev.databasetraffic.rehearsal.experiment.Markers;
import dev.databasetraffic.rehearsal.experiment.Phase;
import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.report.TimelineView.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Places the moments that matter in a picture: a line each, and a label in a lane where it can be read. */
final class Moments {

    static final int LANE = 19;
    /** Radius of a ball with a number, and a pixel around it. */
    static final int BALL = 9;

    /** About as wide as a character of 12 pixels is on average. */
    static final double CHARACTER = 6.7;

    private static final int BASELINE = 12;

    private record Named(String name, Duration at) {}

    private final Run run;
    private final Axis x;
    private final boolean numbered;
    private final int width;
    private final int top;
    private final Lanes lanes = new Lanes();

    /**
     * Moments of a run.
     *
     * @param numbered whether labels are numbers, for want of room
     * @param width of the picture
     * @param top of the first lane
     */
    Moments(Run run, Axis x, boolean numbered, int width, int top) {
        this.run = run;
        this.x = x;
        this.numbered = numbered;
        this.width = width;
        this.top = top;
    }

    /** The moments in order of time; numbers count from 1. */
    List<Moment> place() {
        List<Moment> placed = new ArrayList<>();
        for (Named moment : inOrder()) {
            placed.add(place(moment, placed.size() + 1));
        }
        return placed;
    }

    /** How high all lanes are together. */
    int height() {
        return lanes.count() * LANE;
    }

    private List<Named> inOrder() {
        Markers markers = run.markers();
        List<Named> all = new ArrayList<>();
        add(all, "applied", markers.applied());
        add(all, "connection gone", markers.oldConnectionGone());
        add(all, "diverted", markers.diverted());
        add(all, "first failure", markers.firstFailure());
        add(all, "restored", markers.restored());
        add(all, "first success", markers.firstSuccess());
        all.sort(Comparator.comparing(Named::at));
        return all;
    }

    private void add(List<Named> all, String name, @Nullable Duration at) {
        if (at != null && at.compareTo(run.timeline().length()) <= 0) {
            all.add(new Named(name, at));
        }
    }

    private Moment place(Named moment, int number) {
        double line = x.at(seconds(moment.at));
        String time = number(seconds(moment.at)) + " s";
        double length = (moment.name.length() + 1 + time.length()) * CHARACTER + 10;
        boolean flipped = !numbered && line + length > width;
        double from = numbered ? line - BALL : flipped ? line - length : line;
        double to = numbered ? line + BALL : flipped ? line : line + length;
        double y = top + lanes.place(line, from, to) * LANE + BASELINE;
        return new Moment(
                moment.name, time, line, number, flipped, inOutage(moment.at), flipped ? line - 5 : line + 5, y, y - 4);
    }

    private boolean inOutage(Duration at) {
        return run.spans().stream()
                .anyMatch(span -> span.phase() == Phase.OUTAGE
                        && span.start().compareTo(at) <= 0
                        && at.compareTo(span.end()) < 0);
    }
}
