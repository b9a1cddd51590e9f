package dev.databasetraffic.rehearsal.report;

import static dev.databasetraffic.rehearsal.report.Templates.number;

import dev.databasetraffic.rehearsal.experiment.HumanDuration;
import dev.databasetraffic.rehearsal.experiment.Markers;
import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Phase;
import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.experiment.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
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
    private static final int LANE = 19;
    private static final int GAP = 40;
    private static final int LINE = 22;
    private static final double CHARACTER = 6.7;
    private static final int BALL = 9;
    private static final double SHORTEST_MS = 1;

    private final Run run;
    private final Size size;
    private final boolean standalone;
    private final Axis x;
    private final Lanes lanes = new Lanes();
    private final List<Marker> markers;
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
        double seconds = seconds(run.timeline().length());
        x = Axis.linear(seconds, size.left, size.width - RIGHT, size.xTicks);
        markers = markers();
        upperTop = HEAD + lanes.count() * LANE + 24;
        upperBottom = upperTop + size.upperHeight;
        lowerTop = upperBottom + GAP;
        lowerBottom = lowerTop + size.lowerHeight;
        rate = Axis.linear(highestRate() * 1.08, upperBottom, upperTop, 4);
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

    // What the template reads.

    record Band(String name, boolean outage, double left, double width, double middle, int top, int height) {}

    record Tick(double at, double text, String label) {}

    record Bars(String style, boolean textured, String path) {}

    record Marker(
            String name,
            String time,
            double x,
            int lane,
            int number,
            boolean flipped,
            boolean inOutage,
            double y,
            double ball) {

        Marker at(int bottomOfHead) {
            double laneY = bottomOfHead + lane * LANE + 12.0;
            return new Marker(name, time, x, lane, number, flipped, inOutage, laneY, laneY - 4);
        }

        double text() {
            return flipped ? x - 5 : x + 5;
        }
    }

    record Entry(String style, boolean textured, String label, double x, double y, double textX, double textY) {}

    record Tolerance(String label, double y) {}

    record View(
            String id,
            String scale,
            boolean standalone,
            boolean wide,
            String style,
            String title,
            String description,
            int width,
            int height,
            int left,
            int right,
            int upperTitle,
            int lowerTitle,
            int upperTop,
            int upperBottom,
            int lowerTop,
            int lowerBottom,
            int axisText,
            int hint,
            List<Band> bands,
            List<Tick> times,
            List<Tick> rates,
            List<Tick> latencies,
            List<Bars> bars,
            String spread,
            String medians,
            String failedSpread,
            String failedMedians,
            @Nullable Tolerance tolerance,
            List<Marker> markers,
            List<Entry> legend,
            List<Entry> keys) {}

    private View view() {
        int axisText = lowerBottom + 18;
        List<Entry> legend = legend(axisText + 26);
        int legendBottom = (int) legend.stream().mapToDouble(Entry::y).max().orElse(axisText) + 12;
        List<Entry> keys = size == Size.NARROW ? keys(legendBottom + LINE + 18) : List.of();
        int hint = legendBottom + (size == Size.WIDE ? -2 : LINE - 4);
        int bottom = legendBottom + keys.size() * LINE + (keys.isEmpty() ? 10 : LINE + 16);
        return new View(
                size.name().toLowerCase(java.util.Locale.ROOT),
                size == Size.WIDE ? "wide" : "narrow",
                standalone,
                size == Size.WIDE,
                standalone ? Templates.text("timeline.css") : "",
                "Writes and their latency over time",
                description(),
                size.width,
                bottom,
                size.left,
                size.width - RIGHT,
                upperTop - 10,
                lowerTop - 10,
                upperTop,
                upperBottom,
                lowerTop,
                lowerBottom,
                axisText,
                hint,
                bands(),
                x.ticks().stream()
                        .map(tick -> new Tick(x.at(tick), 0, number(tick) + (tick == 0 ? " s" : "")))
                        .toList(),
                rate.ticks().stream()
                        .map(tick -> new Tick(rate.at(tick), rate.at(tick) + 4, number(tick)))
                        .toList(),
                latency.ticks().stream()
                        .map(tick -> new Tick(latency.at(tick), latency.at(tick) + 4, label(tick)))
                        .toList(),
                bars(),
                spread(Timeline.Slice::acknowledged),
                medians(Timeline.Slice::acknowledged, (cx, cy) -> "M" + number(cx - 2) + " " + number(cy) + "h4"),
                spread(Timeline.Slice::failed),
                medians(
                        Timeline.Slice::failed,
                        (cx, cy) -> "M" + number(cx) + " " + number(cy - 3.5) + "l3.5 3.5l-3.5 3.5l-3.5-3.5z"),
                tolerance(),
                markers.stream().map(marker -> marker.at(HEAD)).toList(),
                legend,
                keys);
    }

    private List<Marker> markers() {
        Markers moments = run.markers();
        List<Marker> all = new ArrayList<>();
        add(all, "applied", moments.applied());
        add(all, "connection gone", moments.oldConnectionGone());
        add(all, "diverted", moments.diverted());
        add(all, "first failure", moments.firstFailure());
        add(all, "restored", moments.restored());
        add(all, "first success", moments.firstSuccess());
        all.sort(java.util.Comparator.comparingDouble(Marker::x));
        return IntStream.range(0, all.size())
                .mapToObj(n -> placed(all.get(n), n + 1))
                .toList();
    }

    private void add(List<Marker> all, String name, @Nullable Duration at) {
        if (at != null && at.compareTo(run.timeline().length()) <= 0) {
            all.add(new Marker(name, number(seconds(at)) + " s", x.at(seconds(at)), 0, 0, false, inOutage(at), 0, 0));
        }
    }

    private Marker placed(Marker marker, int number) {
        double length = (marker.name.length() + 1 + marker.time.length()) * CHARACTER + 10;
        boolean flipped = size == Size.WIDE && marker.x + length > size.width;
        double from = size == Size.NARROW ? marker.x - BALL : flipped ? marker.x - length : marker.x;
        double to = size == Size.NARROW ? marker.x + BALL : flipped ? marker.x : marker.x + length;
        return new Marker(
                marker.name,
                marker.time,
                marker.x,
                lanes.place(marker.x, from, to),
                number,
                flipped,
                marker.inOutage,
                0,
                0);
    }

    private boolean inOutage(Duration at) {
        return run.spans().stream()
                .anyMatch(span -> span.phase() == Phase.OUTAGE
                        && span.start().compareTo(at) <= 0
                        && at.compareTo(span.end()) < 0);
    }

    private List<Band> bands() {
        return run.spans().stream()
                .map(span -> {
                    double from = x.at(seconds(span.start()));
                    double to = Math.min(x.at(seconds(span.end())), size.width - RIGHT);
                    boolean outage = span.phase() == Phase.OUTAGE;
                    String label = span.phase().label();
                    return new Band(
                            size == Size.WIDE ? label : label.split(" ", 2)[0],
                            outage,
                            from,
                            to - from,
                            (from + to) / 2,
                            0,
                            lowerBottom);
                })
                .toList();
    }

    private List<Bars> bars() {
        Outcome[] order = Outcome.values();
        return Arrays.stream(order)
                .map(outcome -> new Bars(style(outcome), textured(outcome), path(order, outcome)))
                .filter(bars -> !bars.path().isEmpty())
                .toList();
    }

    /** One path for all slices of an outcome, each standing on those of the outcomes before it. */
    private String path(Outcome[] order, Outcome outcome) {
        StringBuilder path = new StringBuilder();
        double width = x.at(seconds(run.timeline().slice())) - x.at(0);
        double gap = width > 4 ? 0.8 : 0;
        for (int n = 0; n < run.timeline().slices().size(); n++) {
            Timeline.Slice slice = run.timeline().slices().get(n);
            double below = Arrays.stream(order, 0, outcome.ordinal())
                    .mapToInt(slice::count)
                    .sum();
            if (slice.count(outcome) > 0) {
                double bottom = rate.at(perSecond(below));
                double height = bottom - rate.at(perSecond(below + slice.count(outcome)));
                path.append('M')
                        .append(number(x.at(0) + n * width))
                        .append(' ')
                        .append(number(bottom))
                        .append('h')
                        .append(number(width - gap))
                        .append('v')
                        .append(number(-height))
                        .append('h')
                        .append(number(gap - width))
                        .append('z');
            }
        }
        return path.toString();
    }

    private String spread(Function<Timeline.Slice, Timeline.@Nullable Range> part) {
        StringBuilder path = new StringBuilder();
        forEachRange(
                part,
                (centre, range) -> path.append('M')
                        .append(number(centre))
                        .append(' ')
                        .append(number(latency.at(millis(range.min()))))
                        .append('V')
                        .append(number(latency.at(millis(range.max())) - 0.5)));
        return path.toString();
    }

    private interface Shape {
        String at(double x, double y);
    }

    private String medians(Function<Timeline.Slice, Timeline.@Nullable Range> part, Shape shape) {
        StringBuilder path = new StringBuilder();
        forEachRange(part, (centre, range) -> path.append(shape.at(centre, latency.at(millis(range.p50())))));
        return path.toString();
    }

    private interface RangeConsumer {
        void accept(double centre, Timeline.Range range);
    }

    private void forEachRange(Function<Timeline.Slice, Timeline.@Nullable Range> part, RangeConsumer consumer) {
        double slice = seconds(run.timeline().slice());
        for (int n = 0; n < run.timeline().slices().size(); n++) {
            Timeline.Range range = part.apply(run.timeline().slices().get(n));
            if (range != null) {
                consumer.accept(x.at((n + 0.5) * slice), range);
            }
        }
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
        double left = size == Size.WIDE ? size.left : 12;
        double at = left;
        int y = top;
        for (Outcome outcome : Outcome.values()) {
            int count = run.account().count(outcome);
            if (count == 0) {
                continue;
            }
            String label = String.format(java.util.Locale.ROOT, "%,d %s", count, outcome.label());
            double length = 18 + label.length() * CHARACTER + 20;
            if (at > left && at + length > size.width) {
                at = left;
                y += LINE;
            }
            entries.add(new Entry(style(outcome), textured(outcome), label, at, y - 10, at + 18, y));
            at += length;
        }
        return entries;
    }

    /** On a phone the lines carry numbers; this says what they mean. */
    private List<Entry> keys(int top) {
        return markers.stream()
                .map(marker -> new Entry(
                        String.valueOf(marker.number),
                        false,
                        marker.name + " " + marker.time,
                        12 + BALL,
                        top + (marker.number - 1) * LINE - 4.0,
                        12 + 2 * BALL + 8,
                        top + (marker.number - 1) * LINE))
                .toList();
    }

    private String description() {
        StringBuilder text = new StringBuilder();
        run.figures()
                .phases()
                .forEach(phase -> text.append(String.format(
                        java.util.Locale.ROOT,
                        "%s, %s: %,d writes, %,d acknowledged. ",
                        phase.phase().label(),
                        HumanDuration.format(phase.length()),
                        phase.sent(),
                        phase.count(Outcome.ACKNOWLEDGED))));
        markers.forEach(marker ->
                text.append(marker.name).append(" at ").append(marker.time).append(". "));
        return text.toString().trim();
    }

    private double highestRate() {
        return Math.max(
                run.experiment().load().rate(),
                run.timeline().slices().stream()
                        .mapToInt(slice -> slice.outcomes().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                        .mapToDouble(this::perSecond)
                        .max()
                        .orElse(1));
    }

    private double highestLatency() {
        Duration tolerance = run.experiment().tolerances().callerSeesFailure();
        double highest = Math.max(
                tolerance == null ? 1 : millis(tolerance),
                run.timeline().slices().stream()
                        .mapToDouble(slice -> Math.max(millis(slice.acknowledged()), millis(slice.failed())))
                        .max()
                        .orElse(1));
        return Math.max(100, highest * 1.6);
    }

    private double perSecond(double count) {
        return count / seconds(run.timeline().slice());
    }

    private static String style(Outcome outcome) {
        return outcome.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /** Colour alone must not tell what failed. */
    private static boolean textured(Outcome outcome) {
        return outcome.isFailure();
    }

    private static String label(double millis) {
        return millis < 1000 ? number(millis) + " ms" : number(millis / 1000) + " s";
    }

    private static double millis(Timeline.@Nullable Range range) {
        return range == null ? 0 : millis(range.max());
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
