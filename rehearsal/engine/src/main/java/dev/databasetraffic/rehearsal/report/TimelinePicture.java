package dev.databasetraffic.rehearsal.report;

import static dev.databasetraffic.rehearsal.report.Series.millis;
import static dev.databasetraffic.rehearsal.report.Series.seconds;
import static dev.databasetraffic.rehearsal.report.Templates.number;

import dev.databasetraffic.rehearsal.experiment.HumanDuration;
import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Phase;
import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.experiment.Timeline;
import dev.databasetraffic.rehearsal.report.TimelineView.Band;
import dev.databasetraffic.rehearsal.report.TimelineView.Entry;
import dev.databasetraffic.rehearsal.report.TimelineView.Moment;
import dev.databasetraffic.rehearsal.report.TimelineView.Tick;
import dev.databasetraffic.rehearsal.report.TimelineView.Tolerance;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Draws a run as SVG: above, the writes that began in each slice of time by what became of them; below, how long their
 * callers waited. Phases are shaded; the moments that matter are lines with labels.
 */
final class TimelinePicture {

    /** What differs between a page and a phone; lengths in pixels. */
    enum Size {
        WIDE(1120, 58, 200, 150, 8),
        NARROW(360, 52, 150, 120, 4);

        private final int width;
        private final int left;
        private final int upperHeight;
        private final int lowerHeight;
        private final int xTicks;

        Size(int width, int left, int upperHeight, int lowerHeight, int xTicks) {
            this.width = width;
            this.left = left;
            this.upperHeight = upperHeight;
            this.lowerHeight = lowerHeight;
            this.xTicks = xTicks;
        }
    }

    private static final int RIGHT = 14;
    private static final int HEAD = 26;
    private static final int GAP = 40;
    private static final int LINE = 22;
    private static final int MARGIN = 12;
    private static final double SHORTEST_MS = 1;

    private final Run run;
    private final Size size;
    private final boolean standalone;
    private final Axis x;
    private final Series series;
    private final List<Moment> moments;
    private final int upperTop;
    private final int upperBottom;
    private final int lowerTop;
    private final int lowerBottom;
    private final Axis rate;
    private final Axis latency;

    private TimelinePicture(Run run, Size size, boolean standalone) {
        this.run = run;
        this.size = size;
        this.standalone = standalone;
        x = Axis.linear(seconds(run.timeline().length()), size.left, size.width - RIGHT, size.xTicks);
        series = new Series(run.timeline(), x);
        Moments placing = new Moments(run, x, size == Size.NARROW, size.width, HEAD);
        moments = placing.place();
        upperTop = HEAD + placing.height() + 24;
        upperBottom = upperTop + size.upperHeight;
        lowerTop = upperBottom + GAP;
        lowerBottom = lowerTop + size.lowerHeight;
        rate = Axis.linear(
                1.08 * Math.max(run.experiment().load().rate(), series.highestRate()), upperBottom, upperTop, 4);
        latency = Axis.logarithmic(SHORTEST_MS, highestLatency(), lowerBottom, lowerTop);
    }

    /** The picture for a page whose style sheet colours it. */
    static String inPage(Run run, Size size) {
        return Templates.render("timeline.svg", new TimelinePicture(run, size, false).view());
    }

    /** The picture as a file of its own, which brings its colours, light and dark. */
    static String alone(Run run) {
        return Templates.render("timeline.svg", new TimelinePicture(run, Size.WIDE, true).view());
    }

    private TimelineView view() {
        boolean wide = size == Size.WIDE;
        int axisText = lowerBottom + 18;
        List<Entry> legend = legend(axisText + 26);
        int legendBottom = (int) legend.stream().mapToDouble(Entry::y).max().orElse(axisText) + 12;
        List<Entry> keys = wide ? List.of() : keys(legendBottom + LINE + 18);
        return new TimelineView(
                size.name().toLowerCase(Locale.ROOT),
                wide,
                standalone,
                standalone ? Templates.text("timeline.css") : "",
                "Writes and their latency over time",
                description(),
                size.width,
                legendBottom + keys.size() * LINE + (wide ? 10 : LINE + 16),
                size.left,
                size.width - RIGHT,
                upperTop - 10,
                lowerTop - 10,
                upperBottom,
                lowerBottom,
                axisText,
                wide ? legendBottom - 2 : legendBottom + LINE - 4,
                bands(),
                ticks(x, tick -> number(tick) + (tick == 0 ? " s" : "")),
                ticks(rate, Templates::number),
                ticks(latency, tick -> tick < 1000 ? number(tick) + " ms" : number(tick / 1000) + " s"),
                series.bars(rate),
                series.spread(latency, Timeline.Slice::acknowledged),
                series.dashes(latency, Timeline.Slice::acknowledged),
                series.spread(latency, Timeline.Slice::failed),
                series.diamonds(latency, Timeline.Slice::failed),
                tolerance(),
                moments,
                legend,
                keys);
    }

    private static List<Tick> ticks(Axis axis, DoubleFunction<String> label) {
        return axis.ticks().stream()
                .map(tick -> new Tick(axis.at(tick), axis.at(tick) + 4, label.apply(tick)))
                .toList();
    }

    private List<Band> bands() {
        return run.spans().stream()
                .map(span -> {
                    double from = x.at(seconds(span.start()));
                    double to = Math.min(x.at(seconds(span.end())), size.width - RIGHT);
                    String label = span.phase().label();
                    return new Band(
                            size == Size.WIDE ? label : label.split(" ", 2)[0],
                            span.phase() == Phase.OUTAGE,
                            from,
                            to - from,
                            (from + to) / 2,
                            0,
                            lowerBottom);
                })
                .toList();
    }

    private @Nullable Tolerance tolerance() {
        Duration tolerance = run.experiment().tolerances().callerSeesFailure();
        return tolerance == null
                ? null
                : new Tolerance(
                        "tolerated for a failure: " + HumanDuration.format(tolerance), latency.at(millis(tolerance)));
    }

    private List<Entry> legend(int top) {
        List<Entry> entries = new ArrayList<>();
        double left = size == Size.WIDE ? size.left : MARGIN;
        double at = left;
        int y = top;
        for (Outcome outcome : Outcome.values()) {
            int count = run.figures().count(outcome);
            if (count == 0) {
                continue;
            }
            String label = String.format(Locale.ROOT, "%,d %s", count, outcome.label());
            double length = 18 + label.length() * Moments.CHARACTER + 20;
            if (at > left && at + length > size.width) {
                at = left;
                y += LINE;
            }
            entries.add(new Entry(Series.style(outcome), Series.textured(outcome), label, at, y - 10, at + 18, y));
            at += length;
        }
        return entries;
    }

    /** On a phone the lines carry numbers; this says what they mean. */
    private List<Entry> keys(int top) {
        return moments.stream()
                .map(moment -> {
                    int y = top + (moment.number() - 1) * LINE;
                    double centre = MARGIN + Moments.BALL;
                    String label = moment.name() + " " + moment.time();
                    return new Entry(
                            String.valueOf(moment.number()), false, label, centre, y - 4, centre + Moments.BALL + 8, y);
                })
                .toList();
    }

    private String description() {
        StringBuilder text = new StringBuilder();
        run.figures()
                .phases()
                .forEach(phase -> text.append(String.format(
                        Locale.ROOT,
                        "%s, %s: %,d writes, %,d acknowledged. ",
                        phase.phase().label(),
                        HumanDuration.format(phase.length()),
                        phase.sent(),
                        phase.count(Outcome.ACKNOWLEDGED))));
        moments.forEach(moment ->
                text.append(moment.name()).append(" at ").append(moment.time()).append(". "));
        return text.toString().trim();
    }

    private double highestLatency() {
        Duration tolerance = run.experiment().tolerances().callerSeesFailure();
        double highest = Math.max(tolerance == null ? 1 : millis(tolerance), series.highestLatency());
        return Math.max(100, highest * 1.6);
    }
}
