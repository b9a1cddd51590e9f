package dev.databasetraffic.databases;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Gathers what a read-back finds, and refuses what cannot be meant. */
public final class Counts {

    private final String source;
    private final String prefix;
    private final Map<String, Integer> counts = new TreeMap<>();

    /**
     * Begins without any.
     *
     * @param source what is counted, as messages name it: {@code the query}
     */
    public Counts(String source, String prefix) {
        this.source = source;
        this.prefix = prefix;
    }

    /**
     * Adds to a key's count; 0 adds nothing.
     *
     * @throws DatabaseException if the key is not text that begins with the prefix, or the count not one
     */
    public void add(@Nullable String key, @Nullable String count) throws DatabaseException {
        checkKey(key);
        try {
            add(key, new BigDecimal(String.valueOf(count).strip()).intValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new DatabaseException(source + " gave \"" + count + "\" as the count of \"" + key
                    + "\", which must be a whole number from 0 to " + Integer.MAX_VALUE + ".");
        }
    }

    /** As {@link #add(String, String)}. */
    public void add(@Nullable String key, int count) throws DatabaseException {
        String checked = checkKey(key);
        if (count < 0) {
            throw new DatabaseException(source + " gave " + count + " as the count of \"" + key + "\".");
        }
        if (count > 0) {
            counts.merge(checked, count, Integer::sum);
        }
    }

    private String checkKey(@Nullable String key) throws DatabaseException {
        if (key == null || !key.startsWith(prefix)) {
            throw new DatabaseException(source + " gave the key " + (key == null ? "null" : "\"" + key + "\"")
                    + ", but was asked for text that begins with \"" + prefix + "\".");
        }
        return key;
    }

    /** All of them, in the order of their keys. */
    public Map<String, Integer> all() {
        return Collections.unmodifiableMap(counts);
    }
}
