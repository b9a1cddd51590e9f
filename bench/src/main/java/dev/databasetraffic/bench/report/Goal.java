package dev.databasetraffic.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What is aimed at.
 *
 * @param sense 1 if more is better, -1 if less is
 * @param digits of the figures that are held against the bound
 */
record Goal(String text, double bound, int sense, int digits) {

    static Goal atLeast(double bound, String text, int digits) {
        return new Goal(text, bound, 1, digits);
    }

    static Goal atMost(double bound, String text, int digits) {
        return new Goal(text, bound, -1, digits);
    }

    /**
     * A row of what is aimed at, what was measured and whether that is met, unless nothing was measured.
     *
     * @param table which it is added to
     * @param whose cells before these
     */
    void judge(DoubleStream measured, List<List<String>> table, String... whose) {
        double[] known = measured.filter(Double::isFinite).toArray();
        if (known.length > 0) {
            Spread spread = Spread.of(Arrays.stream(known));
            List<String> row = new ArrayList<>(List.of(whose));
            row.addAll(List.of(text, spread.withDigits(digits), met(sense * (spread.median() - bound) >= 0)));
            table.add(row);
        }
    }

    /** How the tables say so. */
    static String met(boolean met) {
        return met ? "yes" : "**no**";
    }
}
