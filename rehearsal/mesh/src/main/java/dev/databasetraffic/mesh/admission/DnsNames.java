package dev.databasetraffic.mesh.admission;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which names istiod takes as hosts, labels and ports: its {@code pkg/config/labels} and {@code validation/agent}. */
final class DnsNames {

    static final String LABEL_FORM = "at most 63 letters, digits and -, the first and last no -";

    private static final String LABEL = "[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?";
    private static final Pattern ONE = Pattern.compile(LABEL);
    private static final Pattern WILDCARD = Pattern.compile("\\*|(\\*|\\*-)?" + LABEL);
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern OUTBOUND = Pattern.compile("outbound_[^_]*[0-9][^_]*_[^_]*_[^_]*[a-zA-Z].*");

    private DnsNames() {}

    static boolean isLabel(String text) {
        return text.length() <= 63 && ONE.matcher(text).matches();
    }

    /** Refuses a name that is no whole one, such as {@code db.example.com}. */
    static void checkName(Element name) {
        refuse(name, whole(name.text()));
    }

    /** Refuses a name that is neither a whole one nor has a {@code *} for its first label or its beginning. */
    static void checkNameOrWildcard(Element name) {
        refuse(name, wildcard(name.text()));
    }

    /** As above, and takes the server names that istiod itself makes for other clusters' gateways. */
    static void checkServerNameOrWildcard(Element name, boolean generated) {
        if (!(generated && OUTBOUND.matcher(name.text()).matches())) {
            checkNameOrWildcard(name);
        }
    }

    private static void refuse(Element name, @Nullable String why) {
        if (why != null) {
            name.refuse(
                    "is " + name.described() + ", which is no host name: " + why, "a DNS name such as db.example.com");
        }
    }

    static boolean isName(String text) {
        return whole(text) == null;
    }

    static boolean isNameOrWildcard(String text) {
        return wildcard(text) == null;
    }

    private static @Nullable String whole(String text) {
        String length = length(text);
        return length == null ? labels(text) : length;
    }

    private static @Nullable String wildcard(String text) {
        String length = length(text);
        if (length != null) {
            return length;
        }
        int dot = text.indexOf('.');
        String first = dot < 0 ? text : text.substring(0, dot);
        if (first.length() > 63 || !WILDCARD.matcher(first).matches()) {
            return first.isEmpty() ? "it begins with a dot" : "\"" + first + "\" is no label";
        }
        return dot < 0 ? null : labels(text.substring(dot + 1));
    }

    private static @Nullable String length(String text) {
        return text.isEmpty() ? "it is empty" : text.length() > 255 ? "it is longer than 255 characters" : null;
    }

    private static @Nullable String labels(String text) {
        String[] labels = text.split("\\.", -1);
        String last = labels[labels.length - 1];
        if (NUMBER.matcher(last).matches()) {
            return "its last label is a number";
        }
        for (int i = 0; i < labels.length; i++) {
            boolean end = i == labels.length - 1 && last.isEmpty();
            if (!end && !isLabel(labels[i])) {
                return labels[i].isEmpty() ? "two dots follow each other" : "\"" + labels[i] + "\" is no label";
            }
        }
        return null;
    }

    static boolean isWildcard(String host) {
        return host.startsWith("*");
    }

    /** Whether one of the two covers the other. */
    static boolean overlap(String a, String b) {
        return covers(a, b) || covers(b, a);
    }

    /** Whether every name that the narrow one stands for is one of the wide one's. */
    static boolean covers(String wide, String narrow) {
        if (!isWildcard(wide)) {
            return wide.equals(narrow);
        }
        boolean longer = !isWildcard(narrow) || narrow.length() >= wide.length();
        return longer && (isWildcard(narrow) ? narrow.substring(1) : narrow).endsWith(wide.substring(1));
    }
}
