package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.databases.firestore.FirestoreApi;
import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.kit.Readiness;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.experiment.Progress;
import dev.databasetraffic.rehearsal.experiment.Rehearsal;
import dev.databasetraffic.rehearsal.experiment.Run;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Runs the rows of a plan one after another: one running system for each kind of client, one rehearsal for each row. */
public final class Matrix {

    private static final Duration STEADY = Duration.ofSeconds(2);
    private static final Duration RECOVERY = Duration.ofSeconds(4);
    private static final Duration SLOW_RECOVERY = Duration.ofSeconds(15);

    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final Duration CALLERS_PATIENCE = Duration.ofSeconds(10);
    private static final int CONCURRENCY = 4096;

    /** Above the back-off that an outage of a minute leaves behind. */
    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(3);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Plan plan;
    private final Listener listener;
    private final HttpClient http = HttpClient.newHttpClient();

    /** Told how far the matrix is. */
    public interface Listener {

        /** What the client's rows are run in has started. */
        void started(String client, Map<String, String> environment);

        /** A row begins, of so many of that client. */
        void begins(int number, int of, String client, String fault, Connections connections, Duration outage);

        /** A row has ended. */
        void ended(Row row);
    }

    public Matrix(Plan plan, Listener listener) {
        this.plan = plan;
        this.listener = listener;
    }

    /** The names of all faults. */
    public static List<String> faults() {
        return Troubles.names();
    }

    /**
     * Runs every row.
     *
     * @param options for the system; the client is set by the plan
     * @param done given each row when it has ended
     * @throws PlaceException if the system does not start, or does not become healthy again
     */
    public void run(PlaceOptions options, Consumer<Row> done) throws PlaceException, InterruptedException {
        for (Client client : plan.clients()) {
            try (Rig rig = Rig.start(client, options)) {
                listener.started(client.id(), rig.place().environment());
                List<Step> steps = steps(rig.troubles());
                int number = 0;
                for (Step step : steps) {
                    number++;
                    listener.begins(
                            number,
                            steps.size(),
                            client.id(),
                            step.trouble().name(),
                            step.connections(),
                            step.outage());
                    Row row = row(rig.place(), client, step);
                    done.accept(row);
                    listener.ended(row);
                }
            }
        }
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

    private Row row(Place place, Client client, Step step) throws PlaceException, InterruptedException {
        step.trouble().prepare();
        awaitHealthy(place);
        TroublePlace troubled = new TroublePlace(place, step.trouble(), step.connections());
        Path name = Path.of(step.trouble().name());
        try (troubled) {
            Run run = new Rehearsal(experiment(client, step), name, troubled, Progress.SILENT).run();
            if (run.status() == Run.Status.INTERRUPTED) {
                throw new InterruptedException();
            }
            return Row.of(client.id(), step.trouble(), step.connections(), step.outage(), run);
        }
    }

    private Experiment experiment(Client client, Step step) {
        Duration recovery = client.isBackAtOnce() ? RECOVERY : slowRecovery(step.outage());
        return new Experiment(
                step.trouble().name(),
                Experiment.Scope.plants(FirestoreApi.HOST),
                new Experiment.Fault(step.trouble().name()),
                new Experiment.Phases(STEADY, step.outage(), recovery, SETTLE),
                new Experiment.Load(plan.rate(), CONCURRENCY, CALLERS_PATIENCE, Map.of("quantity", 1)),
                Experiment.Tolerances.promised(0.9, false));
    }

    /** A client without the guard is back when its back-off says so, which grows with the outage. */
    private static Duration slowRecovery(Duration outage) {
        Duration half = outage.dividedBy(2);
        return half.compareTo(SLOW_RECOVERY) < 0 ? SLOW_RECOVERY : half;
    }

    /** An earlier fault's back-off must not be taken for this one's. */
    private void awaitHealthy(Place place) throws PlaceException, InterruptedException {
        if (!Readiness.await(HEALTHY_WITHIN, PAUSE, () -> writes(place.service()))) {
            throw new PlaceException("The service at " + place.service() + " did not become healthy again within "
                    + HEALTHY_WITHIN.toSeconds() + " s of the last fault's end. See its log.");
        }
    }

    private boolean writes(URI service) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/plants"))
                .header("Content-Type", "application/json")
                .timeout(CALLERS_PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"between rows\"}"))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 201;
        } catch (IOException e) {
            return false;
        }
    }
}
