package dev.databasetraffic.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.kit.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** The project's folder, and commands run there. */
final class Project {

    static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    static final Path OUTAGES = HOME.resolve("istio/outage");
    static final Path EXPERIMENT = HOME.resolve("experiments/black-hole.yaml");
    static final Path PUBLISHED = HOME.resolve("experiments/published-rule.yaml");

    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private Project() {}

    /** Runs a command that must succeed; returns its standard output. */
    static String run(String... command) {
        Command.Result result = tryRun(Map.of(), command);
        assertThat(result.status())
                .as("%s: %s%s", List.of(command), result.output(), result.errors())
                .isZero();
        return result.output();
    }

    static boolean succeeds(String... command) {
        return tryRun(Map.of(), command).status() == 0;
    }

    /** Says why a class of tests is skipped, where it is: Maven's own output has only their number. */
    static boolean orSay(boolean there, Class<?> tests, String need) {
        if (!there) {
            System.out.println(tests.getSimpleName() + " is skipped: it " + need);
        }
        return there;
    }

    static Command.Result tryRun(Map<String, String> environment, String... command) {
        try {
            return Command.of(command).in(HOME).with(environment).run(PATIENCE);
        } catch (IOException e) {
            return new Command.Result(-1, "", e.toString());
        } catch (TimeoutException e) {
            throw new AssertionError(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
