package dev.databasetraffic.rehearsal.report;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** A scale from values to pixels, and the values at which it is labelled. */
record Axis(DoubleUnaryOperator toPixels, List<Double> ticks) {

    private static final int[] STEPS = {1, 2, 5};

    double at(double value) {
        return toPixels.applyAsDouble(value);
    }

    /** From 0 to {@code max}, with about {@code count} ticks at round values. */
    static Axis linear(double max, double pixelsAtZero, double pixelsAtMax, int count) {
        double step = roundStep(max / count);
        List<Double> ticks = DoubleStream.iterate(0, tick -> tick <= max * 1.0001, tick -> tick + step)
                .boxed()
                .toList();
        return new Axis(value -> pixelsAtZero + (pixelsAtMax - pixelsAtZero) * value / max, ticks);
    }

    /** From {@code min} to {@code max}, both powers of ten or beyond the data, with a tick at each power of ten. */
    static Axis logarithmic(double min, double max, double pixelsAtMin, double pixelsAtMax) {
        double decades = Math.log10(max / min);
        List<Double> ticks = DoubleStream.iterate(min, tick -> tick <= max * 1.0001, tick -> tick * 10)
                .boxed()
                .toList();
        return new Axis(
                value -> pixelsAtMin
                        + (pixelsAtMax - pixelsAtMin) * Math.log10(Math.max(min, Math.min(max, value)) / min) / decades,
                ticks);
    }

    private static double roundStep(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (int step : STEPS) {
            if (step * power >= rough * 0.95) {
                return step * power;
            }
        }
        return 10 * power;
    }
}
