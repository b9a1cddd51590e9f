package dev.databasetraffic.rehearsal.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a database of each kind usually is: its port, and how a write is found in it. */
final class InitDefaults {

    private static final int TLS = 443;

    private static final Map<String, Integer> PORTS =
            Map.of("postgresql", 5432, "mariadb", 3306, "redis", 6379, "mongodb", 27_017, "firestore", 443);
    private static final Map<String, String> STORED = Map.of(
            "postgresql",
            "{kind: postgresql, query: \"select reference, count(*) from orders where reference like :prefix group by 1\"}",
            "mariadb",
            "{kind: mariadb, query: \"select reference, count(*) from orders where reference like :prefix group by 1\"}",
            "redis",
            "{kind: redis, before: \"order:\"}",
            "mongodb",
            "{kind: mongodb, collection: orders, field: reference}",
            "firestore",
            "{kind: firestore, collection: orders, field: reference}");
    private static final String ANY_STORED = "{kind: command, command: [./count-orders]}";

    private InitDefaults() {}

    static int port(String kind) {
        return PORTS.getOrDefault(kind, TLS);
    }

    /** @param kind null for a database that is not started here */
    static String stored(@Nullable String kind) {
        return kind == null ? ANY_STORED : STORED.getOrDefault(kind, ANY_STORED);
    }
}
