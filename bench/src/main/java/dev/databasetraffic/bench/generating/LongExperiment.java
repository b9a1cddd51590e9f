package dev.databasetraffic.bench.generating;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shipped experiment at another rate and for another time, as somebody would change it in an editor. */
final class LongExperiment {

    private static final Duration OUTAGE = Duration.ofSeconds(10);
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    private String text;

    private LongExperiment(String text) {
        this.text = text;
    }

    /**
     * The text of the experiment.
     *
     * @param shipped the file that it is made of
     * @param concurrency writes in flight at most
     * @param length of all phases with load, longer than outage and recovery
     */
    static String of(Path shipped, int rate, int concurrency, Duration length) throws IOException {
        Duration steady = length.minus(OUTAGE).minus(RECOVERY);
        LongExperiment experiment = new LongExperiment(Files.readString(shipped)
                .replace("../", shipped.resolveSibling("..").toRealPath() + "/"));
        experiment.set("steady", steady.toMillis() + "ms");
        experiment.set("outage", OUTAGE.toMillis() + "ms");
        experiment.set("recovery", RECOVERY.toMillis() + "ms");
        experiment.set("rate", String.valueOf(rate));
        experiment.set("concurrency", String.valueOf(concurrency));
        return experiment.text;
    }

    private void set(String member, String value) throws IOException {
        Matcher line = Pattern.compile(String.format(Locale.ROOT, "(?m)^  %s:.*$", member))
                .matcher(text);
        if (line.results().count() != 1) {
            throw new IOException("The shipped experiment has not one line of " + member + ".");
        }
        text = line.replaceFirst("  " + member + ": " + value);
    }
}
