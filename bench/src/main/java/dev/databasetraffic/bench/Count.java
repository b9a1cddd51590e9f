package dev.databasetraffic.bench;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of things of which there must be one. */
class Count implements ITypeConverter<Integer> {

    private static final int MOST = 10_000_000;

    private final int most;

    Count() {
        this(MOST);
    }

    Count(int most) {
        this.most = most;
    }

    @Override
    public final Integer convert(String value) {
        try {
            int count = Integer.parseInt(value);
            if (count >= 1 && count <= most) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Refused below, as what is out of range.
        }
        throw new TypeConversionException("'" + value + "' is no whole number from 1 to " + most);
    }
}
