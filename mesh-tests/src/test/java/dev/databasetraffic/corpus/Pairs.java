package dev.databasetraffic.corpus;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Words of the form {@code key=value}. */
final class Pairs {

    private Pairs() {}

    static Map<String, String> parse(List<String> words) {
        Map<String, String> settings = new TreeMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("not key=value: " + word);
            }
            settings.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return settings;
    }
}
