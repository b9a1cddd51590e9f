package dev.databasetraffic.bench.report;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** What several measurements gave: the median, and between which values the middle half of them lies. */
record Spread(double median, double lower, double upper) {

    static Spread of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        return new Spread(quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75));
    }

    /** Of those that have such a value, and of how many that is where some have none; a dash if none has. */
    static <T> String text(Collection<T> measured, ToDoubleFunction<T> value, int digits) {
        double[] known =
                measured.stream().mapToDouble(value).filter(Double::isFinite).toArray();
        if (known.length == 0) {
            return "–";
        }
        String spread = of(Arrays.stream(known)).withDigits(digits);
        return known.length == measured.size() ? spread : spread + ", " + known.length + " of " + measured.size();
    }

    /** Such as {@code 4255 (4100–4575)}. */
    String withDigits(int digits) {
        String number = "%." + digits + "f";
        return String.format(Locale.ROOT, number + " (" + number + "–" + number + ")", median, lower, upper);
    }

    /** Between two values it lies in proportion. */
    private static double quantile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
