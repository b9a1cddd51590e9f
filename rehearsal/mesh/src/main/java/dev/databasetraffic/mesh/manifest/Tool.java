package dev.databasetraffic.mesh.manifest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a program that renders manifests said.
 *
 * @param complaint why it did not, in one line; empty if it did
 */
record Tool(String output, String complaint) {

    /** Bases may lie on the network. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    boolean succeeded() {
        return complaint.isEmpty();
    }

    /** Runs a program; empty if it is not installed. */
    static Optional<Tool> run(Path subject, List<String> command) throws ManifestException {
        Path output = null;
        Path errors = null;
        try {
            output = Files.createTempFile("rendered", ".yaml");
            errors = Files.createTempFile("rendered", ".txt");
            Process process;
            try {
                process = new ProcessBuilder(command)
                        .redirectOutput(output.toFile())
                        .redirectError(errors.toFile())
                        .start();
            } catch (IOException e) {
                return Optional.empty();
            }
            return Optional.of(ended(process, output, errors));
        } catch (IOException e) {
            throw new ManifestException(subject, 0, command.get(0) + " could not be run on it", e);
        } finally {
            delete(output);
            delete(errors);
        }
    }

    private static Tool ended(Process process, Path output, Path errors) throws ManifestException, IOException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Tool("", "it took longer than " + LIMIT.toSeconds() + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Tool("", "it was interrupted");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        if (process.exitValue() == 0) {
            return new Tool(Text.of(output), "");
        }
        List<String> said =
                Text.of(errors).lines().filter(line -> !line.isBlank()).toList();
        return new Tool(
                "",
                said.isEmpty()
                        ? "it ended with " + process.exitValue()
                        : said.get(said.size() - 1).strip());
    }

    private static void delete(@org.jspecify.annotations.Nullable Path file) throws ManifestException {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new ManifestException(file, 0, "this temporary file cannot be deleted", e);
        }
    }
}
