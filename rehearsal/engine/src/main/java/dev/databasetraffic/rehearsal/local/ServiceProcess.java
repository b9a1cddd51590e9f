package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.kit.ChildProgram;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.experiment.ServiceUnderTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The service under test, a program of whatever kind, as the experiment starts it. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final String name;
    private final ServiceUnderTest.Start start;
    private final ChildProgram program;
    private final Secrets secrets;
    private final URI http;
    private final URI readiness;

    private ServiceProcess(
            String name, ServiceUnderTest.Start start, ChildProgram program, Secrets secrets, URI http, URI readiness) {
        this.name = name;
        this.start = start;
        this.program = program;
        this.secrets = secrets;
        this.http = http;
        this.readiness = readiness;
    }

    /**
     * Starts it; it is not ready yet.
     *
     * @param values what the variables in its words, environment and files are
     */
    static ServiceProcess start(
            LocalDefinition definition,
            ServiceUnderTest.Start start,
            StartValues values,
            RunFolder folder,
            PlaceOptions options)
            throws PlaceException {
        String name = definition.service().name();
        Path logs = options.logs();
        URI http = URI.create("http://127.0.0.1:" + values.fill("${service.port}"));
        try {
            for (Map.Entry<String, String> file : start.filesOrEmpty().entrySet()) {
                Files.writeString(folder.path().resolve(file.getKey()), values.fill(file.getValue()));
            }
            List<String> words = new ArrayList<>();
            for (String word : definition.command(start, options)) {
                words.add(values.fill(word));
            }
            Map<String, String> variables = new LinkedHashMap<>();
            List<String> hidden = new ArrayList<>();
            for (Map.Entry<String, @Nullable String> variable :
                    definition.environment(start).entrySet()) {
                String value = variable.getValue();
                if (value == null) {
                    hidden.add(variable.getKey());
                } else {
                    String filled = values.fill(value);
                    values.secrets().addVariable(variable.getKey(), filled);
                    variables.put(variable.getKey(), filled);
                }
            }
            Path runsIn = definition.resolve(start.folder() == null ? "" : start.folder());
            if (!Files.isDirectory(runsIn)) {
                throw new PlaceException("There is no folder " + runsIn.normalize() + ", in which " + name
                        + " is to run (service.start.folder).");
            }
            ChildProgram program = ChildProgram.start(
                    new ChildProgram.Launch(name, words, runsIn, variables, hidden, "TERM", GRACE),
                    folder.path(),
                    logs);
            return new ServiceProcess(
                    name, start, program, values.secrets(), http, http.resolve(values.fill(start.ready())));
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
        new StartingProcess(name, program, secrets::hide)
                .awaitReady(
                        readiness,
                        start.withinOrDefault(),
                        readiness + " was not answered with status 200 (service.start.ready and within)",
                        trouble);
    }

    /** Where it is asked. */
    URI http() {
        return http;
    }

    URI readiness() {
        return readiness;
    }

    ChildProgram program() {
        return program;
    }

    @Override
    public void close() {
        program.close();
    }
}
