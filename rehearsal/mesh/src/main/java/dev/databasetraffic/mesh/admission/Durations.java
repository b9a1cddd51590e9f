package dev.databasetraffic.mesh.admission;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as Go and CEL write them: {@code 1h30m}, {@code 1.5s}. */
final class Durations {

    private static final Pattern WHOLE =
            Pattern.compile("[-+]?(0|(([0-9]+\\.?[0-9]*|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h))+)");
    private static final Pattern PART = Pattern.compile("([0-9.]+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns",
            1L,
            "us",
            1_000L,
            "µs",
            1_000L,
            "μs",
            1_000L,
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private Durations() {}

    /** In nanoseconds; empty if the text is none, or longer than 292 years. */
    static Optional<Long> nanos(String text) {
        if (text.length() > 100 || !WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        BigDecimal sum = BigDecimal.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            sum = sum.add(new BigDecimal("0" + part.group(1))
                    .multiply(BigDecimal.valueOf(NANOS.getOrDefault(part.group(2), 0L))));
        }
        if (sum.compareTo(MOST) > 0) {
            return Optional.empty();
        }
        return Optional.of(text.startsWith("-") ? -sum.longValue() : sum.longValue());
    }
}
