package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.databases.firestore.FirestoreApi;
import dev.databasetraffic.databases.firestore.TokenEndpoint;
import dev.databasetraffic.faults.Wire;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.page.Watchable;
import dev.databasetraffic.rehearsal.page.Watched;
import dev.databasetraffic.rehearsal.plants.EmulatedPlants;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The whole system on this machine, each part a process of its own as in production, except for the sidecar's part. */
public final class LocalPlace implements Place, Watchable {

    private final PlaceOptions options;
    private final List<Consumer<MeshEvent>> listeners = new CopyOnWriteArrayList<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();

    private final LocalSystem system;

    private LocalPlace(PlaceOptions options, LocalSystem.Extras extras) throws PlaceException, InterruptedException {
        this.options = options;
        system = new LocalSystem(
                options, extras, event -> listeners.forEach(listener -> listener.accept(event)), this::trouble);
    }

    /**
     * Starts everything. Returns when the service under test calls itself ready.
     *
     * @throws PlaceException if something does not start; what did is ended again
     * @throws InterruptedException likewise
     */
    public static LocalPlace open(PlaceOptions options) throws PlaceException, InterruptedException {
        return new LocalPlace(options, new LocalSystem.Extras(false, false));
    }

    /**
     * Starts everything so that {@link #forgetName} has an effect: the service's JVM takes its names from a file and
     * remembers an address for 1 s instead of 30 s.
     *
     * @throws PlaceException if something does not start; what did is ended again
     * @throws InterruptedException likewise
     */
    public static LocalPlace openWithOwnNames(PlaceOptions options) throws PlaceException, InterruptedException {
        return new LocalPlace(options, new LocalSystem.Extras(true, false));
    }

    /**
     * Starts everything so that any fault can be made: with {@link #wire()} between the service and the mesh, own names, and
     * {@link #tokens()} in place of Google's.
     *
     * @throws PlaceException if something does not start; what did is ended again
     * @throws InterruptedException likewise
     */
    public static LocalPlace openForFaults(PlaceOptions options) throws PlaceException, InterruptedException {
        return new LocalPlace(options, new LocalSystem.Extras(true, true));
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public URI service() {
        return system.plants().http();
    }

    /** The management interface of the service under test. */
    public URI management() {
        return system.plants().management();
    }

    /** The emulator's REST interface, which the outage does not touch. */
    public URI database() {
        return system.database().uri();
    }

    /**
     * Kills the database's process. What is stored is kept for {@link #revive}, so whoever calls this has first to see to
     * it that nothing is acknowledged meanwhile.
     *
     * @throws PlaceException if what is stored cannot be kept; the process runs on then
     */
    public void crash() throws PlaceException {
        system.database().crash();
    }

    /**
     * Starts the database's process again, at the same address and with what was stored; returns when it answers. Does
     * nothing if it runs.
     *
     * @throws PlaceException if it does not start
     */
    public void revive() throws PlaceException {
        system.database().revive();
    }

    /**
     * From now on the service's JVM cannot resolve the database's name. Open connections live on.
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
        system.folder().writeHosts(FirestoreApi.HOST);
    }

    /** Where faults are made, in a place that was opened for them. */
    public Wire wire() {
        return system.wire();
    }

    /** Where the service gets its tokens, in a place that was opened for faults. */
    public TokenEndpoint tokens() {
        return system.tokens();
    }

    /** The process of the service that outages lead to. */
    public EchoProcess echo() {
        return system.echo();
    }

    @Override
    public Watched watched() {
        Path log = system.plants().process().jvm().log();
        return new WatchedSystem(this, system, FirestoreApi.HOST, options.drain(), log);
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("Java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        environment.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        environment.put("Processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        environment.put("Database", "Firestore emulator, behind TLS as " + FirestoreApi.HOST);
        environment.put("Mesh", "router on this machine, reading k8s/ and istio/");
        environment.put("Drain time", options.drain().toMillis() / 1000.0 + " s");
        options.serviceProperties().forEach((key, value) -> environment.put("plants: " + key, value));
        return environment;
    }

    @Override
    public List<String> notes() {
        List<String> notes = new ArrayList<>(system.router().notes());
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
    public Map<String, Integer> stored(String namePrefix) throws PlaceException {
        return new EmulatedPlants(system.database().uri(), EmulatorDatabase.PROJECT).count(namePrefix);
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
