package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.kit.Readiness;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.experiment.Caller;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.experiment.Progress;
import dev.databasetraffic.rehearsal.experiment.Rehearsal;
import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.plaingrpc.PlainGrpcPlace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Runs the rows of a plan one after another: one running system for each kind of client, one rehearsal for each row. */
public final class Matrix {

    private static final Duration STEADY = Duration.ofSeconds(2);
    private static final Duration SLOW_RECOVERY = Duration.ofSeconds(15);

    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final double STEADY_SUCCESS = 0.9;
    private static final int CONCURRENCY = 4096;

    /** Above the back-off that an outage of a minute leaves behind. */
    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(3);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Experiment base;
    private final Path folder;
    private final Plan plan;
    private final Listener listener;

    /** Told how far the matrix is. */
    public interface Listener {

        /** The system of the next rows runs; it is to be let go of when {@link #closing} is called. */
        void opened(String client, Place place);

        /** Of the faults that were asked for by name, the system of the next rows cannot have these. */
        void leftOut(String client, List<String> faults);

        /** The system is about to be ended. */
        void closing();

        /** Told how each row goes on. */
        Progress progress();

        /** A trouble began, took effect or ended. */
        void happened(MeshEvent event);

        /** A row begins, of so many of that client. */
        void begins(int number, int of, String client, String fault, Connections connections, Duration outage);

        /** A row has ended. */
        void ended(Row row);
    }

    /**
     * A matrix that has not begun.
     *
     * @param base says what is rehearsed, and what is tolerated
     * @param folder what its paths are relative to
     */
    public Matrix(Experiment base, Path folder, Plan plan, Listener listener) {
        this.base = base;
        this.folder = folder;
        this.plan = plan;
        this.listener = listener;
    }

    /** The names of all faults. */
    public static List<String> faults() {
        return List.copyOf(Troubles.all().keySet());
    }

    /**
     * Runs every row.
     *
     * @param options for the system; the client is set by the plan
     * @param done given each row when it has ended
     * @throws PlaceException if the system does not start, or does not become healthy again, or nothing of the plan is possible
     *     in it
     */
    public void run(PlaceOptions options, Consumer<Row> done) throws PlaceException, InterruptedException {
        Set<String> possible = new LinkedHashSet<>();
        int rows = 0;
        for (Client client : plan.clients()) {
            try (Rig rig = Rig.start(client, options, base, folder)) {
                listener.opened(client.id(), rig.place());
                try {
                    rows += rows(rig, client, done);
                } finally {
                    listener.closing();
                }
                rig.troubles().stream().map(Trouble::name).forEach(possible::add);
            }
        }
        if (rows == 0) {
            throw new PlaceException(
                    "Nothing that was asked for can be done here. Possible are " + String.join(", ", possible) + ".");
        }
    }

    /** Returns how many there were. */
    private int rows(Rig rig, Client client, Consumer<Row> done) throws PlaceException, InterruptedException {
        List<String> impossible = plan.notAmong(rig.troubles());
        if (!impossible.isEmpty()) {
            listener.leftOut(client.id(), impossible);
        }
        List<Step> steps = steps(rig.troubles());
        int number = 0;
        for (Step step : steps) {
            number++;
            listener.begins(
                    number, steps.size(), client.id(), step.trouble().name(), step.connections(), step.outage());
            Row row = row(rig, client, step);
            done.accept(row);
            listener.ended(row);
        }
        return steps.size();
    }

    private record Step(Trouble trouble, Connections connections, Duration outage) {}

    private List<Step> steps(List<Trouble> troubles) {
        List<Step> steps = new ArrayList<>();
        for (Connections connections : Connections.values()) {
            for (Trouble trouble : troubles) {
                if (plan.wants(trouble, connections)) {
                    plan.outages().forEach(outage -> steps.add(new Step(trouble, connections, outage)));
                }
            }
        }
        return steps;
    }

    private Row row(Rig rig, Client client, Step step) throws PlaceException, InterruptedException {
        step.trouble().prepare();
        Experiment experiment = experiment(client, step);
        awaitHealthy(rig.place(), experiment);
        TroublePlace troubled =
                new TroublePlace(rig.place(), step.trouble(), step.connections(), listener::happened, () -> {});
        Path name = Path.of(step.trouble().name());
        try (troubled) {
            Run run = new Rehearsal(experiment, name, troubled, listener.progress()).run();
            if (run.status() == Run.Status.INTERRUPTED) {
                throw new InterruptedException();
            }
            return Row.of(client.id(), step.trouble(), step.connections(), step.outage(), run);
        }
    }

    private Experiment experiment(Client client, Step step) {
        Duration recovery = client.recovery() == null ? slowRecovery(step.outage()) : client.recovery();
        Experiment experiment = base.with(
                step.trouble().name(),
                Experiment.Fault.named(step.trouble().name(), step.connections()),
                new Experiment.Phases(STEADY, step.outage(), recovery, SETTLE),
                new Experiment.Load(plan.rate(), CONCURRENCY, base.load().timeout()),
                base.tolerances().ofMany(STEADY_SUCCESS, false));
        return client.kind() == Client.Kind.SERVICE ? experiment : experiment.withOperation(PlainGrpcPlace.operation());
    }

    /** A client without the guard is back when its back-off says so, which grows with the outage. */
    private static Duration slowRecovery(Duration outage) {
        Duration half = outage.dividedBy(2);
        return half.compareTo(SLOW_RECOVERY) < 0 ? SLOW_RECOVERY : half;
    }

    /** An earlier fault's back-off must not be taken for this one's. */
    private static void awaitHealthy(Place place, Experiment experiment) throws PlaceException, InterruptedException {
        try (Caller caller = new Caller(place.service(), experiment)) {
            AtomicInteger asked = new AtomicInteger();
            String key = "between-rows-" + System.nanoTime() + "-";
            if (!Readiness.await(HEALTHY_WITHIN, PAUSE, () -> caller.isAcknowledged(key + asked.incrementAndGet()))) {
                throw new PlaceException("The service at " + place.service() + " did not become healthy again within "
                        + HEALTHY_WITHIN.toSeconds() + " s of the last fault's end. See its log.");
            }
        }
    }
}
