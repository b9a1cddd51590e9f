package dev.databasetraffic.bench;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A length of time in which a whole rehearsal fits. */
final class Minutes implements ITypeConverter<Duration> {

    private static final double LEAST = 0.4;
    private static final double MOST = 600;
    private static final int SECONDS = 60;

    @Override
    public Duration convert(String value) {
        try {
            double minutes = Double.parseDouble(value);
            if (minutes >= LEAST && minutes <= MOST) {
                return Duration.ofSeconds(Math.round(minutes * SECONDS));
            }
        } catch (NumberFormatException e) {
            // Refused below, as what is out of range.
        }
        throw new TypeConversionException("'" + value + "' is no number of minutes from " + LEAST + " to " + MOST);
    }
}
