package dev.databasetraffic.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The project's folder, and commands run there. */
final class Project {

    static final Path HOME = Path.of("..").toAbsolutePath().normalize();
    static final Path OUTAGES = HOME.resolve("istio/outage");
    static final Path PUBLISHED = HOME.resolve("experiments/published-rule.yaml");

    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private Project() {}

    /** What a command said, and how it ended. */
    record Result(int status, String output, String errors) {}

    /** Runs a command that must succeed; returns its standard output. */
    static String run(String... command) {
        Result result = tryRun(Map.of(), command);
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

    static Result tryRun(Map<String, String> environment, String... command) {
        try {
            Path errors = Files.createTempFile("mesh-tests", ".err");
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(HOME.toFile()).redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(List.of(command) + " took longer than " + PATIENCE);
            }
            Result result = new Result(process.exitValue(), output, Files.readString(errors));
            Files.delete(errors);
            return result;
        } catch (IOException e) {
            return new Result(-1, "", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
