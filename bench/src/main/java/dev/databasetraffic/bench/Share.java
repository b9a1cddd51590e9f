package dev.databasetraffic.bench;

import picocli.CommandLine.ITypeConverter;

/** A part of a processor with which a service still gets somewhere. */
final class Share implements ITypeConverter<Double> {

    private static final double LEAST = 0.05;
    private static final double MOST = 1;

    @Override
    public Double convert(String value) {
        return Numbers.between(LEAST, MOST, value, "share");
    }
}
