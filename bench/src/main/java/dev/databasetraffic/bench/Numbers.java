package dev.databasetraffic.bench;

import picocli.CommandLine.TypeConversionException;

/** Numbers that somebody asks for. */
final class Numbers {

    private Numbers() {}

    /** @param what such as {@code "number of seconds"} */
    static double between(double least, double most, String value, String what) {
        try {
            double number = Double.parseDouble(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below, as what is out of range.
        }
        throw new TypeConversionException("'" + value + "' is no " + what + " from " + least + " to " + most);
    }
}
