package dev.databasetraffic.mesh.model;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How Envoy compares the server name of a TLS greeting with those of a filter chain. */
public final class ServerName {

    private static final int EXACT = Integer.MAX_VALUE;

    private ServerName() {}

    /** How closely the names take the greeting's: -1 not at all, 0 for a chain without names, more for a longer name. */
    public static int precision(List<String> names, @Nullable String greeted) {
        if (names.isEmpty()) {
            return 0;
        }
        if (greeted == null) {
            return -1;
        }
        String name = greeted.toLowerCase(Locale.ROOT);
        return names.stream().mapToInt(each -> precision(each, name)).max().orElse(-1);
    }

    private static int precision(String name, String greeted) {
        if (name.equals(greeted)) {
            return EXACT;
        }
        return name.startsWith("*.") && greeted.endsWith(name.substring(1)) ? name.length() : -1;
    }
}
