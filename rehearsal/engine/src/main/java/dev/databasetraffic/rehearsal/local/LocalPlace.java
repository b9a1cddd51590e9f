package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.databases.Address;
import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.Source;
import dev.databasetraffic.databases.firestore.TokenEndpoint;
import dev.databasetraffic.faults.Wire;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.experiment.DatabaseCall;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.experiment.ServiceListing;
import dev.databasetraffic.rehearsal.page.Watchable;
import dev.databasetraffic.rehearsal.page.Watched;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** The whole system on this machine, each part a process of its own as in production, except for the sidecar's part. */
public final class LocalPlace implements Place, Watchable {

    private final PlaceOptions options;
    private final LocalDefinition definition;
    private final List<Consumer<MeshEvent>> listeners = new CopyOnWriteArrayList<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();

    private final LocalSystem system;

    private LocalPlace(PlaceOptions options, LocalDefinition definition) throws PlaceException, InterruptedException {
        this.options = options;
        this.definition = definition;
        system = new LocalSystem(
                options, definition, event -> listeners.forEach(listener -> listener.accept(event)), this::trouble);
    }

    /**
     * Starts everything. Returns when the service under test calls itself ready.
     *
     * @param folder what the experiment's paths are relative to
     * @throws PlaceException if something does not start; what did is ended again
     * @throws InterruptedException likewise
     */
    public static LocalPlace open(PlaceOptions options, Experiment experiment, Path folder)
            throws PlaceException, InterruptedException {
        return open(options, experiment, folder, null);
    }

    /**
     * As {@link #open(PlaceOptions, Experiment, Path)}, with other settings of the service.
     *
     * @param variant one of the experiment's; null for the service as it is
     */
    public static LocalPlace open(
            PlaceOptions options, Experiment experiment, Path folder, Experiment.@Nullable Variant variant)
            throws PlaceException, InterruptedException {
        LocalDefinition definition = new LocalDefinition(experiment, folder, variant);
        definition.requireService(options);
        return new LocalPlace(options, definition);
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public URI service() {
        return system.service();
    }

    @Override
    public List<ProcessHandle> serviceProcesses() {
        return system.serviceProcesses();
    }

    /** The service's database, if one was started for this run. */
    public @Nullable Database database() {
        return system.database();
    }

    /** Where the database answers, past the mesh. */
    public InetSocketAddress databaseAddress() {
        return system.databaseAddress();
    }

    /**
     * From now on the file of names does not know the database. Open connections live on.
     *
     * @throws PlaceException if the file of names cannot be written
     */
    public void forgetName() throws PlaceException {
        system.folder().writeHosts("");
    }

    /**
     * Ends what {@link #forgetName} began; a JVM may remember for a second that a name was unknown.
     *
     * @throws PlaceException if the file of names cannot be written
     */
    public void recallName() throws PlaceException {
        system.folder().writeHosts(definition.database().host());
    }

    /** Whether the service is told of a variable of the run, so that what stands behind it can befall the service. */
    public boolean uses(String variable) {
        return definition.uses(variable);
    }

    /** Where faults are made, between the service and the mesh. */
    public Wire wire() {
        return system.wire();
    }

    /** Where the service gets its tokens, if it uses Google's. */
    public TokenEndpoint tokens() {
        return system.tokens();
    }

    /** The process of the service that outages lead to. */
    EchoProcess echo() {
        return system.echo();
    }

    @Override
    public Watched watched() {
        return new WatchedSystem(this, system, definition, options.drain());
    }

    @Override
    public Map<String, String> environment() {
        return LocalEnvironment.of(options, definition, system.database());
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(system.mesh().notes());
        notes.addAll(system.router().notes());
        Database database = system.database();
        if (database != null && !database.remark().isEmpty()) {
            notes.add("The database was the " + database.description() + ".");
        }
        if (definition.database().stored() == null && definition.database().listed() == null) {
            notes.add("Nothing was read back, because the experiment does not say how (database.stored): whether an"
                    + " acknowledged write is lost or doubled is not known.");
        }
        notes.addAll(troubles);
        return notes;
    }

    @Override
    public void onMeshEvent(Consumer<MeshEvent> listener) {
        listeners.add(listener);
    }

    @Override
    public void apply(Path outage) throws PlaceException {
        try {
            system.router().apply(outage);
        } catch (ManifestException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new PlaceException(
                    outage + " could not be applied: " + e + ". Is the disk full, or "
                            + system.folder().outages() + " not writable?",
                    e);
        }
    }

    @Override
    public void remove() throws PlaceException {
        try {
            system.router().removeOutages();
        } catch (ManifestException | IOException e) {
            throw new PlaceException(
                    "The outage could not be removed: " + e.getMessage() + ". By hand: delete the files in "
                            + system.folder().outages() + ", or end this process, which ends the router with it.",
                    e);
        }
    }

    @Override
    public @Nullable Map<String, Integer> stored(String keyPrefix) throws PlaceException {
        ReadBack stored = definition.database().stored();
        ServiceListing listed = definition.database().listed();
        if (stored == null) {
            return listed == null ? null : listed.count(service(), keyPrefix);
        }
        Source source = source();
        return DatabaseCall.of("read back", () -> stored.count(source, keyPrefix));
    }

    @Override
    public boolean stored(String keyPrefix, ObjIntConsumer<String> found) throws PlaceException {
        ReadBack stored = definition.database().stored();
        if (stored == null) {
            return Place.super.stored(keyPrefix, found);
        }
        Source source = source();
        return DatabaseCall.of("read back", () -> {
            stored.read(source, keyPrefix, found);
            return true;
        });
    }

    private Source source() throws PlaceException {
        Database database = system.database();
        if (database != null) {
            return database.source();
        }
        Login login = definition.login();
        InetSocketAddress address = system.databaseAddress();
        return Source.of(new Address(address.getHostString(), address.getPort()), login);
    }

    /** Ends everything, in the reverse order of its start. */
    @Override
    public void close() {
        system.close();
    }

    private void trouble(String sentence) {
        troubles.add(sentence);
        options.says().accept(sentence);
    }
}
