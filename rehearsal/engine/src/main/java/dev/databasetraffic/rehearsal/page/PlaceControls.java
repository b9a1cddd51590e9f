package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.faults.Fault;
import dev.databasetraffic.faults.Wire;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.mesh.traffic.RuleInForce;
import dev.databasetraffic.rehearsal.experiment.LiveLoad;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.WireFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Switches outages of a place: those that are manifests in a folder, and those of its wire, one at a time. */
public final class PlaceControls implements Controls {

    private static final String ON_THE_WIRE = "wire/";

    /** How long one outage waits for the end of another, which may never have come into force. */
    private static final Duration REMOVAL = Duration.ofSeconds(5);

    private final Place place;
    private final @Nullable Wire wire;
    private final LiveLoad load;
    private final SampleRequest sample;
    private final Consumer<MeshEvent> events;
    private final Map<OutageChoice, Path> manifests;

    /** Not guarded by the lock: the mesh tells of a removal while {@link #end} waits for it, and nobody waits to read it. */
    private volatile @Nullable String applied;

    private volatile @Nullable Fault injected;
    private volatile CountDownLatch removal = new CountDownLatch(0);
    private boolean closed;

    /**
     * @param folder of manifests
     * @param wire absent where there is none
     * @param load ended with this
     * @param events told what a fault of the wire does, which no mesh sees
     * @throws PlaceException if the folder cannot be read
     */
    public PlaceControls(
            Place place,
            Path folder,
            @Nullable Wire wire,
            LiveLoad load,
            SampleRequest sample,
            Consumer<MeshEvent> events)
            throws PlaceException {
        this.place = place;
        this.wire = wire;
        this.load = load;
        this.sample = sample;
        this.events = events;
        try {
            manifests = OutageFiles.in(folder);
        } catch (IOException e) {
            throw new PlaceException("The outages in " + folder + " cannot be read: " + e + ".", e);
        }
    }

    @Override
    public List<OutageChoice> outages() {
        Map<String, OutageChoice> choices = new LinkedHashMap<>();
        manifests.keySet().forEach(choice -> choices.put(choice.id(), choice));
        if (wire != null) {
            wire.faults().forEach(fault -> choices.put(ON_THE_WIRE + fault.name(), choice(fault)));
        }
        return List.copyOf(choices.values());
    }

    @Override
    public Set<String> inForce(List<RuleInForce> rules) {
        Set<String> ids = new LinkedHashSet<>();
        rules.stream()
                .map(rule -> OutageFiles.id(rule.source()))
                .filter(id -> !id.isEmpty())
                .forEach(ids::add);
        Optional.ofNullable(applied).ifPresent(ids::add);
        Optional.ofNullable(injected).ifPresent(fault -> ids.add(ON_THE_WIRE + fault.name()));
        return ids;
    }

    @Override
    public synchronized List<String> begin(String id, boolean cut) throws PlaceException {
        if (closed) {
            throw new PlaceException("This is being ended.");
        }
        end();
        awaitRemoval();
        Fault fault = wire == null
                ? null
                : wire.faults().stream()
                        .filter(each -> id.equals(ON_THE_WIRE + each.name()))
                        .findFirst()
                        .orElse(null);
        if (wire != null && fault != null) {
            inject(wire, fault, connections(fault, cut));
            return List.of();
        }
        Path manifest = manifests.entrySet().stream()
                .filter(each -> each.getKey().id().equals(id))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new PlaceException("There is no outage '" + id + "'."));
        place.apply(manifest);
        applied = id;
        return place.notes();
    }

    @Override
    public synchronized void end() throws PlaceException {
        if (applied != null) {
            removal = new CountDownLatch(1);
        }
        place.remove();
        applied = null;
        Fault fault = injected;
        if (wire != null && fault != null) {
            WireFault.end(wire, fault);
            if (fault.isAboutCalls()) {
                wire.prepare();
            }
            injected = null;
            tell(MeshEvent.Kind.REMOVED, fault);
        }
    }

    /** An outage that somebody else removed is over here, too. */
    public void heard(MeshEvent event) {
        if (event.kind() == MeshEvent.Kind.REMOVED) {
            applied = null;
            removal.countDown();
        }
    }

    /** So that the end of one outage and the beginning of the next are told apart, by the mesh and by a reader. */
    private void awaitRemoval() throws PlaceException {
        try {
            if (!removal.await(REMOVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                removal = new CountDownLatch(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlaceException("Interrupted while another outage was removed.", e);
        }
    }

    @Override
    public int rate() {
        return load.rate();
    }

    @Override
    public void setRate(int perSecond) {
        load.setRate(perSecond);
    }

    @Override
    public SampleRequest sample() {
        return sample;
    }

    /** Waits for what is being switched, so that whoever ends the place then ends that as well. */
    @Override
    public synchronized void close() {
        closed = true;
        load.close();
    }

    private void inject(Wire on, Fault fault, Connections open) {
        if (fault.isAboutCalls()) {
            on.prepare(fault);
        }
        injected = fault;
        tell(MeshEvent.Kind.APPLIED, fault);
        on.inject(fault, open);
        if (open == Connections.CUT) {
            tell(MeshEvent.Kind.OLD_CONNECTION_GONE, fault);
        }
    }

    private void tell(MeshEvent.Kind kind, Fault fault) {
        events.accept(new MeshEvent(kind, Instant.now(), "on the wire: " + fault.seen()));
    }

    private static OutageChoice choice(Fault fault) {
        return new OutageChoice(
                ON_THE_WIRE + fault.name(), "wire", fault.name(), List.of(fault.seen()), hasChoice(fault));
    }

    private static Connections connections(Fault fault, boolean cut) {
        boolean asked = hasChoice(fault) ? cut : fault.connections().contains(Connections.CUT);
        return asked ? Connections.CUT : Connections.LEFT;
    }

    /** A fault of calls needs another way than through the mesh, and so no connection is left when it begins. */
    private static boolean hasChoice(Fault fault) {
        return fault.connections().size() > 1 && !fault.isAboutCalls();
    }
}
