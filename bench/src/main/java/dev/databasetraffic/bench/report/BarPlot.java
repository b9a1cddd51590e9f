package dev.databasetraffic.bench.report;

import java.util.List;
import java.util.Locale;

/** Grouped bars with whiskers around the middle half of what was measured, as SVG that suits a light and a dark page. */
public final class BarPlot {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 340;
    private static final int LEFT = 70;
    private static final int TOP = 50;
    private static final int BOTTOM = 300;
    private static final int LINES = 5;

    /** Okabe and Ito's colours, which the colour-blind can tell apart. */
    private static final List<String> COLOURS = List.of("#0072b2", "#e69f00", "#009e73", "#cc79a7");

    private final StringBuilder svg = new StringBuilder();
    private final LoadResults results;
    private final double highest;

    private BarPlot(LoadResults results) {
        this.results = results;
        this.highest = rounded(results.measurements().stream()
                .mapToDouble(Measurement::writesPerSecond)
                .max()
                .orElse(1));
    }

    /** Writes per second by number of connections. */
    public static String throughput(LoadResults results, String title) {
        return new BarPlot(results).draw(title);
    }

    private String draw(String title) {
        append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
                WIDTH, HEIGHT, title);
        append("<style>text{font:12px sans-serif;fill:#24292f}.r{text-anchor:end}.m{text-anchor:middle}"
                + ".a{stroke:#8c959f;stroke-width:1}.w{stroke:#24292f;stroke-width:1.5}"
                + "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.w{stroke:#e6edf3}}</style>%n");
        append("<text x=\"%d\" y=\"18\" font-weight=\"bold\">%s</text>%n", LEFT, title);
        grid();
        legend();
        int groups = results.connections().size();
        double groupWidth = (double) (WIDTH - LEFT - 10) / groups;
        for (int group = 0; group < groups; group++) {
            group(results.connections().get(group), LEFT + group * groupWidth, groupWidth);
        }
        append("</svg>%n");
        return svg.toString();
    }

    private void grid() {
        for (int line = 0; line <= LINES; line++) {
            double value = highest * line / LINES;
            append(
                    "<line class=\"a\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" opacity=\"0.4\"/>%n",
                    LEFT, WIDTH - 10, y(value), y(value));
            append("<text class=\"r\" x=\"%d\" y=\"%.1f\">%.0f</text>%n", LEFT - 8, y(value) + 4, value);
        }
    }

    private void legend() {
        int x = LEFT;
        for (int i = 0; i < results.subjects().size(); i++) {
            append("<rect x=\"%d\" y=\"28\" width=\"12\" height=\"12\" fill=\"%s\"/>%n", x, colour(i));
            append(
                    "<text x=\"%d\" y=\"38\">%s</text>%n",
                    x + 18, results.subjects().get(i));
            x += 36 + 7 * results.subjects().get(i).length();
        }
    }

    private void group(int connections, double left, double width) {
        double bar = width * 0.8 / results.subjects().size();
        for (int i = 0; i < results.subjects().size(); i++) {
            String subject = results.subjects().get(i);
            if (results.has(subject, connections)) {
                Spread spread = results.spread(subject, connections, Measurement::writesPerSecond);
                bar(left + width * 0.1 + i * bar, bar, spread, colour(i));
            }
        }
        append(
                "<text class=\"m\" x=\"%.1f\" y=\"%d\">%d connection%s</text>%n",
                left + width / 2, BOTTOM + 20, connections, connections == 1 ? "" : "s");
    }

    private void bar(double x, double width, Spread spread, String colour) {
        append(
                "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>%n",
                x + 1, y(spread.median()), width - 2, BOTTOM - y(spread.median()), colour);
        append(
                "<line class=\"w\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>%n",
                x + width / 2, x + width / 2, y(spread.lower()), y(spread.upper()));
        append(
                "<text class=\"m\" x=\"%.1f\" y=\"%.1f\">%.0f</text>%n",
                x + width / 2, y(spread.upper()) - 4, spread.median());
    }

    private double y(double value) {
        return BOTTOM - (BOTTOM - TOP - 15) * value / highest;
    }

    private static String colour(int index) {
        return COLOURS.get(index % COLOURS.size());
    }

    /** Up to the next value with one digit that is 1, 2 or 5. */
    private static double rounded(double value) {
        double magnitude = Math.pow(10, Math.floor(Math.log10(value)));
        for (double digit : new double[] {1, 2, 5}) {
            if (value <= digit * magnitude) {
                return digit * magnitude;
            }
        }
        return 10 * magnitude;
    }

    private void append(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
