package dev.databasetraffic.rehearsal.experiment;

import java.util.function.ObjIntConsumer;

/**
 * What of a run's writes is in the database, a byte each: a write is known by its number, which ends its key. Takes keys
 * in any order, as they are read.
 */
final class StoredWrites implements ObjIntConsumer<String> {

    private static final int MOST_DIGITS = 10;

    private final String prefix;
    private final byte[] times;
    private int total;

    /**
     * None yet.
     *
     * @param prefix of all keys of the run
     * @param writes how many there were
     */
    StoredWrites(String prefix, int writes) {
        this.prefix = prefix;
        this.times = new byte[writes];
    }

    /** A key that is stored so often, or so much more often; one that is no write's counts in the sum alone. */
    @Override
    public void accept(String key, int count) {
        total += count;
        int number = number(key);
        if (number >= 0) {
            times[number] = (byte) Math.min(Byte.MAX_VALUE, times[number] + count);
        }
    }

    /** How often a write is stored, up to 127. */
    int times(int number) {
        return times[number];
    }

    /** How often all are. */
    int total() {
        return total;
    }

    /** -1 if it is nobody's: numbers are written without leading zeros. */
    private int number(String key) {
        int digits = key.length() - prefix.length();
        if (!key.startsWith(prefix)
                || digits < 1
                || digits > MOST_DIGITS
                || (digits > 1 && key.charAt(prefix.length()) == '0')) {
            return -1;
        }
        long number = 0;
        for (int at = prefix.length(); at < key.length(); at++) {
            char digit = key.charAt(at);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number < times.length ? (int) number : -1;
    }
}
