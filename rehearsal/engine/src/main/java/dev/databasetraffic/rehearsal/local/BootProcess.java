package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.kit.ChildJvm;
import dev.databasetraffic.kit.JvmLaunch;
import dev.databasetraffic.kit.Readiness;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One of the suite's services, started from its jar. */
final class BootProcess implements AutoCloseable {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);
    private static final int QUOTED_LINES = 15;

    private final ChildJvm jvm;
    private final URI readiness;

    private BootProcess(ChildJvm jvm, URI readiness) {
        this.jvm = jvm;
        this.readiness = readiness;
    }

    /**
     * Starts the service; it is not ready yet.
     *
     * @param readiness answers with status 200 from the time on when the service is ready
     */
    static BootProcess start(
            String name,
            Path jar,
            List<String> jvmArguments,
            Map<String, String> variables,
            Map<String, String> settings,
            URI readiness,
            RunFolder folder,
            Path logs)
            throws PlaceException {
        List<String> arguments = new ArrayList<>();
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        try {
            ChildJvm jvm = JvmLaunch.named(name)
                    .classPath(jar)
                    .jvmArguments(jvmArguments)
                    .main(JvmLaunch.BOOT_LAUNCHER, arguments)
                    // Google's client would speak plain text to the emulator, past the router.
                    .withoutVariables("FIRESTORE_EMULATOR_HOST")
                    .withVariables(variables)
                    .workFolder(folder.path())
                    .logFolder(logs)
                    .start();
            return new BootProcess(jvm, readiness);
        } catch (IOException e) {
            throw new PlaceException(
                    name + " could not be started: " + e.getMessage() + ". Its log would go to " + logs
                            + " and its temporary files to " + folder.path() + "; both must be writable.",
                    e);
        }
    }

    /**
     * Returns when the service is ready.
     *
     * @param trouble told in a sentence if the service ends by itself later
     */
    void awaitReady(Consumer<String> trouble) throws PlaceException, InterruptedException {
        boolean ready = Readiness.await(START_TIMEOUT, POLL_INTERVAL, () -> {
            if (Readiness.answers(readiness)) {
                return true;
            }
            if (!jvm.isAlive()) {
                throw new PlaceException(jvm.name() + " ended while it started, with exit code "
                        + jvm.exit().join() + "." + quotedLog());
            }
            return false;
        });
        if (!ready) {
            throw new PlaceException(jvm.name() + " was not ready within " + START_TIMEOUT.toSeconds()
                    + " s of its start." + quotedLog());
        }
        jvm.onUnexpectedEnd(code -> trouble.accept(
                jvm.name() + " ended by itself with exit code " + code + "; its log is " + jvm.log() + "."));
    }

    ChildJvm jvm() {
        return jvm;
    }

    @Override
    public void close() {
        jvm.close();
    }

    private String quotedLog() {
        return " The end of its log, " + jvm.log() + ":" + System.lineSeparator() + jvm.lastLines(QUOTED_LINES);
    }
}
