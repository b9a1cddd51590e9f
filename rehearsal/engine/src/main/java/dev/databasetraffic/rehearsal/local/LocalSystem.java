package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.databases.Address;
import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.firestore.TokenEndpoint;
import dev.databasetraffic.faults.Wire;
import dev.databasetraffic.kit.ThrowawayAuthority;
import dev.databasetraffic.mesh.router.Router;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.experiment.DatabaseUnderTest;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.experiment.ServiceUnderTest;
import dev.databasetraffic.rehearsal.experiment.StartVariables;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What runs on this machine: every part a process of its own as in production, except for the sidecar's. */
final class LocalSystem implements AutoCloseable {

    private final PlaceOptions options;
    private final LocalDefinition definition;
    private final Running running = new Running();
    private final Consumer<String> trouble;
    private final RunFolder folder;
    private final ThrowawayAuthority authority = ThrowawayAuthority.create();
    private final @Nullable Database database;
    private final InetSocketAddress databaseAddress;
    private final EchoProcess echo;
    private final LocalMesh mesh;
    private final Wire wire;
    private final TokenEndpoint tokens;
    private final @Nullable ServiceProcess started;
    private final URI service;

    /**
     * Starts everything. Returns when the service under test calls itself ready.
     *
     * @param events told of each event of the mesh
     * @param trouble told in a sentence if a process ends by itself
     * @throws PlaceException if something does not start; what did is ended again
     * @throws InterruptedException likewise
     */
    LocalSystem(PlaceOptions options, LocalDefinition definition, Consumer<MeshEvent> events, Consumer<String> trouble)
            throws PlaceException, InterruptedException {
        this.options = options;
        this.definition = definition;
        this.trouble = trouble;
        boolean complete = false;
        try {
            requireSurroundings(definition.database());
            Ports ports = Ports.free(options.port());
            folder = running.add(RunFolder.create(options.home()));
            options.says().accept("starting " + definition.parts());
            echo = running.add(EchoProcess.start(options.home(), ports, folder, options.logs()));
            database = definition.startDatabase(folder.path(), options);
            if (database != null) {
                running.add(database);
            }
            databaseAddress = definition.databaseAddress(database);
            folder.writeTrust(authority);
            folder.writeHosts(definition.database().host());
            mesh = running.add(
                    LocalMesh.start(definition, options, folder, databaseAddress, authority, echo.endpoints(), events));
            wire = running.add(startWire());
            tokens = running.add(startTokens());
            started = startService(ports);
            service = started == null ? definition.runningService() : started.http();
            awaitReady();
            complete = true;
        } finally {
            if (!complete) {
                running.close();
            }
        }
    }

    RunFolder folder() {
        return folder;
    }

    /** The one that was started for this run; absent if it runs elsewhere. */
    @Nullable
    Database database() {
        return database;
    }

    InetSocketAddress databaseAddress() {
        return databaseAddress;
    }

    EchoProcess echo() {
        return echo;
    }

    LocalMesh mesh() {
        return mesh;
    }

    Router router() {
        return mesh.router();
    }

    Wire wire() {
        return wire;
    }

    TokenEndpoint tokens() {
        return tokens;
    }

    /** What says whether the service is ready; its metrics are beside that, if it is of Spring Boot. */
    URI readiness() {
        return started == null ? service : started.readiness();
    }

    /** Of the service; null if it was not started here. */
    @Nullable
    Path serviceLog() {
        return started == null ? null : started.program().log();
    }

    /** Of the service; empty if it was not started here. */
    List<ProcessHandle> serviceProcesses() {
        return started == null ? List.of() : started.program().processes();
    }

    /** Where the service under test is asked. */
    URI service() {
        return service;
    }

    /** Ends everything, in the reverse order of its start. */
    @Override
    public void close() {
        running.close();
    }

    /** What the experiment takes for granted is looked for before anything is started. */
    private static void requireSurroundings(DatabaseUnderTest database) throws PlaceException {
        if (database.address() != null) {
            RunningDatabase.require(database.address());
        }
        if (database.listen() != null) {
            Ports.requireForDatabase(database.listen());
        }
    }

    private @Nullable ServiceProcess startService(Ports ports) throws PlaceException {
        ServiceUnderTest.Start start = definition.service().start();
        if (start == null) {
            return null;
        }
        Login login = database == null ? null : database.login();
        StartValues values = new StartValues(ports)
                .withDatabase(
                        Address.loopback(wire.address().getPort()),
                        definition.database().host(),
                        login)
                .with(StartVariables.TRUST_STORE, folder.trustStore())
                .with(StartVariables.TRUST_PASSWORD, RunFolder.TRUST_STORE_PASSWORD)
                .with(StartVariables.TRUST_PEM, folder.trustPem())
                .with(StartVariables.HOSTS_FILE, folder.hostsFile())
                .with(StartVariables.GOOGLE_CREDENTIALS, folder.credentials())
                .with(StartVariables.FOLDER, folder.path());
        return running.add(ServiceProcess.start(definition, start, values, folder, options));
    }

    private void awaitReady() throws PlaceException, InterruptedException {
        if (database != null) {
            LocalDefinition.awaitReady(database, trouble);
            options.says().accept(definition.database().host() + " is ready: " + database.description());
        }
        echo.awaitReady(trouble);
        options.says().accept("echo is ready");
        if (started != null) {
            started.awaitReady(trouble);
            options.says().accept(definition.service().name() + " is ready: " + service);
        }
        folder.announce(service);
    }

    private Wire startWire() throws PlaceException {
        DatabaseUnderTest database = definition.database();
        try {
            return Wire.start(new Wire.Ends(
                    database.listen() == null ? 0 : database.listen(),
                    mesh.address(),
                    databaseAddress,
                    database.isTls() ? authority : null,
                    database.host(),
                    database.grpcWritesOrNull()));
        } catch (IOException e) {
            throw new PlaceException("The relay of the faults could not be started: " + e.getMessage() + ".", e);
        }
    }

    private TokenEndpoint startTokens() throws PlaceException {
        Path credentials = folder.credentials();
        try {
            TokenEndpoint endpoint = TokenEndpoint.start();
            endpoint.writeCredentials(credentials);
            return endpoint;
        } catch (IOException e) {
            throw new PlaceException("The token endpoint could not be started: " + e.getMessage() + ".", e);
        }
    }
}
