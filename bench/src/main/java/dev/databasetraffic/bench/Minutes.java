package dev.databasetraffic.bench;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;

/** A length of time in which a whole rehearsal fits. */
final class Minutes implements ITypeConverter<Duration> {

    private static final double LEAST = 0.4;
    private static final double MOST = 600;
    private static final int SECONDS = 60;

    @Override
    public Duration convert(String value) {
        return Duration.ofSeconds(Math.round(Numbers.between(LEAST, MOST, value, "number of minutes") * SECONDS));
    }
}
