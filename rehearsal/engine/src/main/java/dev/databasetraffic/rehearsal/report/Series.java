package dev.databasetraffic.rehearsal.report;

import static dev.databasetraffic.rehearsal.report.Templates.number;

import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Timeline;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Draws a timeline's slices as SVG paths: few and long ones, so that a page stays small. */
final class Series {

    /** Narrower bars are drawn without a gap between them. */
    private static final double NARROW_BAR = 4;

    private static final double GAP = 0.8;

    private final Timeline timeline;
    private final Axis x;

    Series(Timeline timeline, Axis x) {
        this.timeline = timeline;
        this.x = x;
    }

    /** The bars of each outcome that occurred, each standing on those of the outcomes before it. */
    List<TimelineView.Bars> bars(Axis rate) {
        return Arrays.stream(Outcome.values())
                .map(outcome -> new TimelineView.Bars(style(outcome), textured(outcome), bars(outcome, rate)))
                .filter(bars -> !bars.path().isEmpty())
                .toList();
    }

    /** For each slice a line from the fastest to the slowest. */
    String spread(Axis latency, Function<Timeline.Slice, Timeline.@Nullable Range> part) {
        return ranges(
                part,
                (centre, range) -> "M" + number(centre) + " " + number(latency.at(millis(range.min()))) + "V"
                        + number(latency.at(millis(range.max())) - 0.5));
    }

    /** For each slice a dash at the median. */
    String dashes(Axis latency, Function<Timeline.Slice, Timeline.@Nullable Range> part) {
        return ranges(
                part,
                (centre, range) -> "M" + number(centre - 2) + " " + number(latency.at(millis(range.p50()))) + "h4");
    }

    /** For each slice a diamond at the median. */
    String diamonds(Axis latency, Function<Timeline.Slice, Timeline.@Nullable Range> part) {
        return ranges(
                part,
                (centre, range) -> "M" + number(centre) + " " + number(latency.at(millis(range.p50())) - 3.5)
                        + "l3.5 3.5l-3.5 3.5l-3.5-3.5z");
    }

    /** The most writes per second that began in a slice. */
    double highestRate() {
        return timeline.slices().stream()
                .mapToInt(slice -> slice.outcomes().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .mapToDouble(this::perSecond)
                .max()
                .orElse(1);
    }

    /** The longest latency, in milliseconds. */
    double highestLatency() {
        return timeline.slices().stream()
                .mapToDouble(slice -> Math.max(longest(slice.acknowledged()), longest(slice.failed())))
                .max()
                .orElse(1);
    }

    static String style(Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Colour alone must not tell what failed. */
    static boolean textured(Outcome outcome) {
        return outcome.isFailure();
    }

    static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private String bars(Outcome outcome, Axis rate) {
        double width = x.at(seconds(timeline.slice())) - x.at(0);
        String bar = number(width - (width > NARROW_BAR ? GAP : 0));
        StringBuilder path = new StringBuilder();
        for (int n = 0; n < timeline.slices().size(); n++) {
            Timeline.Slice slice = timeline.slices().get(n);
            int below = Arrays.stream(Outcome.values(), 0, outcome.ordinal())
                    .mapToInt(slice::count)
                    .sum();
            int count = slice.count(outcome);
            if (count > 0) {
                double bottom = rate.at(perSecond(below));
                double height = bottom - rate.at(perSecond(below + count));
                path.append("M%s %sh%sv%sh-%sz"
                        .formatted(number(x.at(0) + n * width), number(bottom), bar, number(-height), bar));
            }
        }
        return path.toString();
    }

    private String ranges(
            Function<Timeline.Slice, Timeline.@Nullable Range> part, BiFunction<Double, Timeline.Range, String> shape) {
        double slice = seconds(timeline.slice());
        return IntStream.range(0, timeline.slices().size())
                .mapToObj(n -> {
                    Timeline.Range range = part.apply(timeline.slices().get(n));
                    return range == null ? "" : shape.apply(x.at((n + 0.5) * slice), range);
                })
                .collect(Collectors.joining());
    }

    private double perSecond(double count) {
        return count / seconds(timeline.slice());
    }

    private static double longest(Timeline.@Nullable Range range) {
        return range == null ? 0 : millis(range.max());
    }
}
