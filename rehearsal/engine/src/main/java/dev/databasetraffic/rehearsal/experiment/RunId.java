package dev.databasetraffic.rehearsal.experiment;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names runs so that one recognises the day, and no two are alike. */
final class RunId {

    private RunId() {}

    static String next() {
        return DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)
                        .withZone(ZoneOffset.UTC)
                        .format(Instant.now())
                + String.format(Locale.ROOT, "-%04x", new SecureRandom().nextInt(1 << 16));
    }
}
