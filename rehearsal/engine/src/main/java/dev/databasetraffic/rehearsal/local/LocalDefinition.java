package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.databases.Address;
import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.DatabaseException;
import dev.databasetraffic.databases.DatabaseKind;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.StartOptions;
import dev.databasetraffic.rehearsal.experiment.DatabaseUnderTest;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.MeshUnderTest;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.experiment.ServiceUnderTest;
import dev.databasetraffic.rehearsal.experiment.StartVariables;
import dev.databasetraffic.rehearsal.experiment.Template;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment says of a system on this machine.
 *
 * @param folder what its paths are relative to
 * @param variant the service's other settings; null for it as it is
 */
record LocalDefinition(Experiment experiment, Path folder, Experiment.@Nullable Variant variant) {

    ServiceUnderTest service() {
        return experiment.service();
    }

    DatabaseUnderTest database() {
        return experiment.database();
    }

    MeshUnderTest mesh() {
        return experiment.meshOrDefault();
    }

    List<Path> manifests() {
        return mesh().manifests().stream().map(this::resolve).toList();
    }

    Path resolve(String path) {
        return folder.resolve(path).normalize();
    }

    /** @throws PlaceException if the experiment has neither a program nor a running service for this machine */
    void requireService(PlaceOptions options) throws PlaceException {
        if (service().start() == null && service().url() == null) {
            throw new PlaceException(
                    "The experiment does not say how " + service().name() + " is started on this machine,"
                            + " or where it runs. Give it service.start, e.g. {command: [java, -jar, shop.jar], ready:"
                            + " /actuator/health}, or service.url; or rehearse it with --on kubernetes.");
        }
        if (service().start() != null && options.port() == 0 && !uses(StartVariables.SERVICE_PORT)) {
            throw new PlaceException("Nothing tells " + service().name() + " at which port it is to listen: use"
                    + " ${service.port} in service.start, e.g. {environment: {SERVER_PORT: \"${service.port}\"}}; or say by"
                    + " --port at which it listens by itself.");
        }
        if (service().url() != null && database().listen() == null) {
            throw new PlaceException(
                    "A service that runs already (service.url) can only reach its database through a port"
                            + " that it knows. Give database.listen, e.g. 15432, and let the service connect to 127.0.0.1:15432.");
        }
        if (database().start() == null && database().address() == null) {
            throw new PlaceException("The experiment says neither which database is to be started for the run"
                    + " (database.start, e.g. {kind: postgresql}) nor where one runs (database.address, e.g."
                    + " 127.0.0.1:5432).");
        }
    }

    /** For the person at the terminal. */
    String parts() {
        List<String> parts = new ArrayList<>();
        if (database().start() != null) {
            parts.add("the database");
        }
        parts.add("echo");
        if (service().start() != null) {
            parts.add(service().name());
        }
        return parts.size() == 1
                ? parts.get(0)
                : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.get(parts.size() - 1);
    }

    /** The database that is to be started; null if it runs elsewhere. */
    @Nullable
    Database startDatabase(Path runFolder, PlaceOptions options) throws PlaceException, InterruptedException {
        DatabaseUnderTest.Started start = database().start();
        if (start == null) {
            return null;
        }
        try {
            StartOptions how = StartOptions.in(runFolder)
                    .withLogs(options.logs())
                    .withImage(start.image())
                    .withWhich(options.database());
            Database started =
                    DatabaseKind.named(start.kind()).start(start.name() == null ? how : how.withName(start.name()));
            if (!started.reason().isEmpty()) {
                options.says().accept(started.reason());
            }
            return started;
        } catch (DatabaseException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        }
    }

    static void awaitReady(Database database, Consumer<String> trouble) throws PlaceException, InterruptedException {
        try {
            database.awaitReady();
            database.onUnexpectedEnd(trouble);
        } catch (DatabaseException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        }
    }

    InetSocketAddress databaseAddress(@Nullable Database started) {
        Address address = started != null
                ? started.address()
                : Address.parse(String.valueOf(database().address()));
        return new InetSocketAddress(address.host(), address.port());
    }

    URI runningService() {
        return Objects.requireNonNull(service().url());
    }

    /**
     * How a database that was not started here is asked; null if it asks for nothing.
     *
     * @throws PlaceException if it takes a variable of the environment that is not set
     */
    @Nullable
    Login login() throws PlaceException {
        DatabaseUnderTest.LoginText login = database().login();
        return login == null
                ? null
                : new Login(
                        StartValues.fromEnvironment(login.user()),
                        StartValues.fromEnvironment(login.password()),
                        StartValues.fromEnvironment(login.database()));
    }

    /** Whether the service is told of a variable. */
    boolean uses(String variable) {
        ServiceUnderTest.Start start = service().start();
        return start != null
                && Stream.of(
                                start.command().stream(),
                                environment(start).values().stream().filter(Objects::nonNull),
                                start.filesOrEmpty().values().stream())
                        .flatMap(texts -> texts)
                        .anyMatch(
                                text -> Template.variables(String.valueOf(text)).contains(variable));
    }

    /** The service's command: what is set later takes the place of what the experiment sets by the same {@code --key=}. */
    List<String> command(ServiceUnderTest.Start start, PlaceOptions options) {
        List<String> words = new ArrayList<>(start.command());
        List<String> later = new ArrayList<>(variant == null ? List.of() : variant.argumentsOrEmpty());
        options.serviceProperties().forEach((key, value) -> later.add("--" + key + "=" + value));
        for (String argument : later) {
            int value = argument.indexOf('=') + 1;
            if (argument.startsWith("--") && value > 0) {
                words.removeIf(word -> word.startsWith(argument.substring(0, value)));
            }
            words.add(argument);
        }
        return words;
    }

    /** What its environment has; a variable without value is taken away. */
    Map<String, @Nullable String> environment(ServiceUnderTest.Start start) {
        Map<String, @Nullable String> environment = new LinkedHashMap<>(start.environmentOrEmpty());
        if (variant != null) {
            environment.putAll(variant.environmentOrEmpty());
        }
        return environment;
    }
}
