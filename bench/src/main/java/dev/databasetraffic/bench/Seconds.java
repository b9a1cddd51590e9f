package dev.databasetraffic.bench;

import picocli.CommandLine.ITypeConverter;

/** A length of time that can be measured in. */
final class Seconds implements ITypeConverter<Double> {

    private static final double LEAST = 0.1;
    private static final double MOST = 600;

    @Override
    public Double convert(String value) {
        return Numbers.between(LEAST, MOST, value, "number of seconds");
    }
}
