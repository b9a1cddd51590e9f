package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people, Kubernetes and Istio write them: {@code 500ms}, {@code 10s}, {@code 1m30s}, {@code 2h}. */
public final class HumanDuration {

    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,4})h)?(?:(\\d{1,6})m(?!s))?(?:(\\d{1,9})s)?(?:(\\d{1,9})ms)?");

    private HumanDuration() {}

    /**
     * Reads a duration.
     *
     * @throws IllegalArgumentException if the text is not one; a sign is refused
     */
    public static Duration parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.isEmpty() || !form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a duration such as 500ms, 10s or 1m30s");
        }
        return Duration.ofHours(number(form.group(1)))
                .plusMinutes(number(form.group(2)))
                .plusSeconds(number(form.group(3)))
                .plusMillis(number(form.group(4)));
    }

    /** Writes a duration for a reader: {@code 5 ms}, {@code 1.25 s}, {@code 42 s}, {@code 3 min 20 s}. */
    public static String format(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        if (millis < 9.95) {
            return String.format(Locale.ROOT, "%.1f ms", millis);
        }
        if (millis < 999.5) {
            return String.format(Locale.ROOT, "%.0f ms", millis);
        }
        if (millis < 9_995 && millis % 1000 != 0) {
            return String.format(Locale.ROOT, "%.2f s", millis / 1000);
        }
        if (millis < 119_950) {
            return String.format(Locale.ROOT, millis % 1000 == 0 ? "%.0f s" : "%.1f s", millis / 1000);
        }
        long seconds = Math.round(millis / 1000);
        return seconds < 7200
                ? seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s")
                : seconds / 3600 + " h" + (seconds / 60 % 60 == 0 ? "" : " " + seconds / 60 % 60 + " min");
    }

    static Module module() {
        return new SimpleModule().addDeserializer(Duration.class, new StdDeserializer<>(Duration.class) {
            private static final long serialVersionUID = 1L;

            @Override
            public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                try {
                    return parse(parser.getText());
                } catch (IllegalArgumentException e) {
                    return (Duration) context.handleWeirdStringValue(Duration.class, parser.getText(), e.getMessage());
                }
            }
        });
    }

    private static long number(String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
