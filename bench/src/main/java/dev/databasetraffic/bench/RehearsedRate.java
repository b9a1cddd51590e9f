package dev.databasetraffic.bench;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Writes per second, of which an experiment has no more. */
final class RehearsedRate implements ITypeConverter<Integer> {

    private static final int MOST = 5_000;

    @Override
    public Integer convert(String value) {
        int rate = new Count().convert(value);
        if (rate > MOST) {
            throw new TypeConversionException(
                    "'" + value + "' is more than " + MOST + ", which a rehearsal has at most");
        }
        return rate;
    }
}
