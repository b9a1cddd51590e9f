package dev.databasetraffic.rehearsal.local;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a service was told that is nobody else's business, by the names that stand in its place where it is quoted. */
final class Secrets {

    /** Variables that keep a secret, by how people call them. */
    private static final Pattern TELLING =
            Pattern.compile("PASS(WORD|WD|PHRASE)?(_|$)|PWD$|SECRET|TOKEN|CREDENTIAL|_KEY$", Pattern.CASE_INSENSITIVE);

    /** Less could be any word of a log, and is no secret. */
    private static final int LEAST = 4;

    private final Map<String, String> names = new LinkedHashMap<>();

    /** That this text is not to be seen, and what is shown in its place. */
    void add(String secret, String name) {
        if (secret.length() >= LEAST) {
            names.putIfAbsent(secret, name);
        }
    }

    /** The same for a variable of the service's environment, if its name says that it keeps a secret. */
    void addVariable(String variable, String value) {
        if (TELLING.matcher(variable).find()) {
            add(value, variable);
        }
    }

    /** The text with a secret's name wherever one was. */
    String hide(String text) {
        String hidden = text;
        // One may be part of another.
        List<String> longestFirst = names.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String secret : longestFirst) {
            hidden = hidden.replace(secret, "${" + names.get(secret) + "}");
        }
        return hidden;
    }
}
