package dev.databasetraffic.rehearsal.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.DatabaseKind;
import dev.databasetraffic.rehearsal.experiment.ExperimentException;
import dev.databasetraffic.rehearsal.experiment.ExperimentFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "init",
        description =
                "Writes an experiment for your own service and database, with each member explained. What no option"
                        + " says is asked for.",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {

    private static final String DEFAULT_FILE = "experiment.yaml";
    private static final int LISTEN = 15_432;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "Where the experiment goes; must not exist. Default: " + DEFAULT_FILE + ".")
    private @Nullable Path file;

    @Option(names = "--name", paramLabel = "NAME", description = "What reports call the service, e.g. orders.")
    private @Nullable String name;

    @Option(
            names = "--command",
            paramLabel = "WORDS",
            description = "How it is started, e.g. \"java -jar target/orders.jar\".")
    private @Nullable String command;

    @Option(names = "--url", paramLabel = "URL", description = "Where it runs already, in place of --command.")
    private @Nullable String url;

    @Option(
            names = "--ready",
            paramLabel = "PATH",
            description = "What answers 200 when it is ready, e.g. /actuator/health.")
    private @Nullable String ready;

    @Option(
            names = "--request",
            paramLabel = "REQUEST",
            description = "What callers ask, e.g. \"POST /orders\"; ${key} may be in it.")
    private @Nullable String request;

    @Option(
            names = "--body",
            paramLabel = "JSON",
            description = "The request's body, e.g. '{\"reference\": \"${key}\"}'. Default: none.")
    private @Nullable String body;

    @Option(
            names = "--repeatable",
            description = "A request may be repeated with its key, and is done once all the same.")
    private boolean repeatable;

    @Option(
            names = "--database",
            paramLabel = "KIND",
            description =
                    "postgresql, mariadb, redis, mongodb or firestore, to have one started; HOST:PORT of any that runs.")
    private @Nullable String database;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "The mesh's name for the database, e.g. db.example.com. Default: database.example.")
    private String host = "database.example";

    @Option(
            names = "--stored",
            paramLabel = "YAML",
            description = "How writes are found in the database. Default: an example, as a comment.")
    private @Nullable String stored;

    /** Everything that the template wants; a member without a value leaves out what is about it. */
    record View(
            String file,
            String title,
            String name,
            @Nullable String command,
            @Nullable String url,
            String ready,
            String method,
            String path,
            @Nullable String body,
            boolean reads,
            boolean repeatable,
            String host,
            int port,
            boolean tls,
            @Nullable String kind,
            @Nullable String address,
            int listen,
            @Nullable String stored,
            String storedExample,
            String dollar) {}

    @Override
    public Integer call() throws ExperimentException, IOException {
        Path target = file == null ? Path.of(DEFAULT_FILE) : file;
        if (Files.exists(target)) {
            throw new ExperimentException(target + ": exists already, and is not written over; name another file");
        }
        String text = TextTemplates.render("init.yaml", view(target));
        write(target, text);
        System.out.println("wrote " + target + "; look through it, then: ./rehearse run " + target);
        return Exit.HELD;
    }

    private View view(Path target) throws IOException {
        Questions questions = new Questions(Objects.requireNonNull(spec).commandLine());
        String service = questions.answer(name, "--name", "What is the service called?", "orders");
        if (url == null && command == null) {
            command = questions.answer(
                    null,
                    "--command or --url",
                    "By which command is it started?",
                    "java -jar target/" + service + ".jar");
        }
        String readiness = url != null
                ? "/"
                : questions.answer(ready, "--ready", "What answers 200 when it is ready?", "/actuator/health");
        String[] asks = questions
                .answer(request, "--request", "What do callers ask it?", "POST /orders")
                .strip()
                .split("\\s+", 2);
        if (asks.length < 2) {
            throw invalid("--request: '" + asks[0] + "' is not a method and a path; give e.g. \"POST /orders\"");
        }
        boolean reads = asks[0].equalsIgnoreCase("GET");
        String sent = reads || body != null
                ? body
                : questions.answer(null, "--body", "With which body, if any?", "{\"reference\": \"${key}\"}");
        String where = questions.answer(database, "--database", "Which database: a kind, or HOST:PORT?", "postgresql");
        String kind = where.contains(":") ? null : kind(where);
        return new View(
                target.toString(),
                quoted("What callers of " + service + " get while its database is away"),
                quoted(service),
                command == null ? null : words(command),
                url == null ? null : quoted(url),
                quoted(readiness),
                asks[0].toUpperCase(Locale.ROOT),
                quoted(asks[1]),
                sent == null || sent.isBlank() ? null : json(sent),
                reads,
                repeatable,
                quoted(host),
                kind == null ? port(where) : InitDefaults.port(kind),
                "firestore".equals(kind),
                kind,
                kind == null ? quoted(where) : null,
                LISTEN,
                reads ? null : stored,
                InitDefaults.stored(kind),
                "$");
    }

    /** What is written is an experiment, or nothing is written. */
    private static void write(Path target, String text) throws ExperimentException, IOException {
        try {
            Files.writeString(target, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new ExperimentException(target + ": exists already, and is not written over; name another file");
        } catch (IOException e) {
            throw new ExperimentException(
                    target + ": cannot be written (" + e + "); name a file in a folder that is there");
        }
        boolean good = false;
        try {
            ExperimentFile.read(target);
            good = true;
        } finally {
            if (!good) {
                Files.delete(target);
            }
        }
    }

    private String kind(String given) {
        try {
            return DatabaseKind.named(given).name();
        } catch (DatabaseException e) {
            throw invalid("--database: " + e.getMessage());
        }
    }

    private int port(String address) {
        try {
            return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        } catch (NumberFormatException e) {
            throw invalid("--database: '" + address + "' is not HOST:PORT; give e.g. 127.0.0.1:5432");
        }
    }

    private String words(String line) {
        return List.of(line.strip().split("\\s+")).stream()
                .map(InitCommand::quoted)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private String json(String text) {
        try {
            JsonNode tree = new ObjectMapper().readTree(text);
            return tree.toString();
        } catch (JsonProcessingException e) {
            throw invalid("--body: is not JSON: " + e.getOriginalMessage());
        }
    }

    /** A JSON string, which is a YAML one too. */
    private static String quoted(String text) {
        try {
            return new ObjectMapper().writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a text has a JSON form", e);
        }
    }

    private ParameterException invalid(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
