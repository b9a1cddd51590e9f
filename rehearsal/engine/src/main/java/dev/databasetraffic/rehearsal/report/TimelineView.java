package dev.databasetraffic.rehearsal.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the template of the picture reads; lengths in pixels. */
record TimelineView(
        String id,
        boolean wide,
        boolean standalone,
        String style,
        String title,
        String description,
        int width,
        int height,
        int left,
        int right,
        int upperTitle,
        int lowerTitle,
        int upperBottom,
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
        List<Moment> markers,
        List<Entry> legend,
        List<Entry> keys) {

    /** A phase. */
    record Band(String name, boolean outage, double left, double width, double middle, int top, int height) {}

    /** A value of an axis. */
    record Tick(double at, double text, String label) {}

    /** All slices of an outcome, as one path. */
    record Bars(String style, boolean textured, String path) {}

    /** A moment that matters: a line at {@code x} with a label, or on a phone a ball with its number. */
    record Moment(
            String name,
            String time,
            double x,
            int number,
            boolean flipped,
            boolean inOutage,
            double text,
            double y,
            double ball) {}

    /** A line of the legend, or of the key to the numbers. */
    record Entry(String style, boolean textured, String label, double x, double y, double textX, double textY) {}

    /** How long a caller may wait for its failure. */
    record Tolerance(String label, double y) {}
}
