package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.databases.firestore.FirestoreChoice;
import dev.databasetraffic.rehearsal.experiment.HumanDuration;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of the commands that start something. */
final class Options {

    static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration LONGEST_DRAIN = Duration.ofHours(1);
    private static final int HIGHEST_PORT = 65_535;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    private @Nullable Duration drain;
    private @Nullable Integer port;

    @Option(
            names = "--plants",
            paramLabel = "KEY=VALUE",
            description = "A setting of the service under test, e.g. plants.firestore.client=default. Repeatable.")
    private Map<String, String> plants = new LinkedHashMap<>();

    @Option(
            names = "--drain",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "How long the mesh lets open connections live after a route changed (not in a cluster)."
                    + " Default: 5s; of a quick rehearsal, 1s.")
    void setDrain(Duration duration) {
        if (duration.compareTo(LONGEST_DRAIN) > 0) {
            throw invalid("--drain: " + HumanDuration.format(duration) + " is longer than 1h; give e.g. 5s");
        }
        drain = duration;
    }

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "HTTP port of the service under test (local only), 0 for any that is free.")
    void setPort(int number) {
        if (number < 0 || number > HIGHEST_PORT) {
            throw invalid("--port: " + number + " is not a port from 0 to 65535");
        }
        port = number;
    }

    @Option(
            names = "--database",
            paramLabel = "WHICH",
            description = "Which Firestore (local only): genuine, the emulator that lies ready; embedded, its stand-in;"
                    + " download, the emulator, fetched if need be; ready, the emulator if it lies ready, else the"
                    + " stand-in. Default: ready.")
    private @Nullable FirestoreChoice database;

    /** Whether somebody asked for it, by its long name. */
    boolean isGiven(String option) {
        return spec != null && spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    PlaceOptions place(Path logs, int defaultPort, Terminal terminal) {
        return place(logs, defaultPort, DRAIN, terminal);
    }

    /** @param defaultDrain if none is asked for */
    PlaceOptions place(Path logs, int defaultPort, Duration defaultDrain, Terminal terminal) {
        return new PlaceOptions(
                home(),
                logs,
                port == null ? defaultPort : port,
                drain == null ? defaultDrain : drain,
                Map.copyOf(plants),
                database == null ? null : database.name(),
                line -> terminal.say("  " + line));
    }

    /** The folder of this suite; the script {@code rehearse} says where it lies. */
    static Path home() {
        return Path.of(System.getProperty("rehearse.home", "")).toAbsolutePath();
    }

    /** A folder below the working directory that no earlier run has used. */
    static Path newFolder(String what) {
        String now =
                DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT).format(LocalDateTime.now());
        return Path.of("rehearsals", now + "-" + what);
    }

    /** A complaint about an option, to be thrown: what, where, the limit. */
    ParameterException invalid(String message) {
        if (spec == null) {
            throw new IllegalStateException("not a part of a command");
        }
        return new ParameterException(spec.commandLine(), message);
    }
}
