package dev.databasetraffic.bench;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time that can be measured in. */
final class Seconds implements ITypeConverter<Double> {

    private static final double LEAST = 0.1;
    private static final double MOST = 600;

    @Override
    public Double convert(String value) {
        try {
            double seconds = Double.parseDouble(value);
            if (seconds >= LEAST && seconds <= MOST) {
                return seconds;
            }
        } catch (NumberFormatException e) {
            // Refused below, as what is out of range.
        }
        throw new TypeConversionException("'" + value + "' is no number of seconds from " + LEAST + " to " + MOST);
    }
}
