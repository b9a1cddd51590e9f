package dev.databasetraffic.mesh.controlplane;

import dev.databasetraffic.kit.Readiness;
import dev.databasetraffic.mesh.envoy.EnvoyAdmin;
import dev.databasetraffic.mesh.envoy.EnvoyAdmin.Updates;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Gives resources to Envoy: clusters first, as istiod does, so that no listener leads to one that is not there yet. */
final class Handover {

    private static final Duration PACE = Duration.ofMillis(20);

    private final EnvoyFolder folder;
    private final EnvoyAdmin envoy;
    private final Duration patience;

    /** Of what it was last given. */
    private String version = "";

    /** @param patience how long both kinds of resources may take together */
    Handover(EnvoyFolder folder, EnvoyAdmin envoy, Duration patience) {
        this.folder = folder;
        this.envoy = envoy;
        this.patience = patience;
    }

    /** How it ended; the sentences say why it did not go well. */
    record Outcome(State state, List<String> sentences) {

        private static final Outcome TAKEN = new Outcome(State.TAKEN, List.of());
    }

    enum State {
        TAKEN,
        /** Envoy goes on with what it had, at least in part. */
        REFUSED,
        /** It is not known whether Envoy has them. */
        UNKNOWN
    }

    /** Leaves them to Envoy, whether it runs or not. */
    void leave(EnvoyResources resources) throws IOException {
        version = next();
        folder.writeClusters(version, resources);
        folder.writeListeners(version, resources);
    }

    /** Returns when Envoy uses them, refuses them, or the time is up. */
    Outcome giveAndWait(EnvoyResources resources) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Updates before;
        try {
            before = envoy.updates();
        } catch (IOException e) {
            leave(resources);
            return new Outcome(State.UNKNOWN, List.of("Envoy's admin interface does not answer: " + e + "."));
        }
        version = next();
        folder.writeClusters(version, resources);
        Outcome clusters = await(deadline, before, updates -> updates.clusters().equals(version));
        if (clusters.state() == State.REFUSED) {
            return clusters;
        }
        folder.writeListeners(version, resources);
        return await(deadline, before, this::isWhole);
    }

    /** What Envoy has not taken over of all that it was last given, in sentences; empty if it uses it. */
    List<String> missing() throws IOException, InterruptedException {
        return isWhole(envoy.updates()) ? List.of() : List.of("Envoy has not taken all of that over.");
    }

    private boolean isWhole(Updates updates) {
        return updates.clusters().equals(version) && updates.listeners().equals(version) && updates.warming() == 0;
    }

    private Outcome await(long deadline, Updates before, Function<Updates, Boolean> taken) throws InterruptedException {
        // One look at least, however long the one before took.
        Duration left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
        try {
            Updates[] last = {before};
            boolean seen = Readiness.await(left, PACE, () -> {
                last[0] = envoy.updates();
                return last[0].refused() > before.refused() || taken.apply(last[0]);
            });
            if (last[0].refused() > before.refused()) {
                return new Outcome(State.REFUSED, whyRefused());
            }
            return seen
                    ? Outcome.TAKEN
                    : new Outcome(
                            State.UNKNOWN,
                            List.of("Envoy has not taken it over within " + patience.toSeconds() + " s."));
        } catch (IOException e) {
            return new Outcome(State.UNKNOWN, List.of("Envoy's admin interface does not answer: " + e + "."));
        }
    }

    private List<String> whyRefused() throws InterruptedException {
        List<String> refusals = List.of();
        try {
            refusals = envoy.refusals();
        } catch (IOException e) {
            // That it refuses it is known, and matters more.
        }
        return refusals.isEmpty()
                ? List.of("Envoy refuses it; its log says why.")
                : refusals.stream()
                        .distinct()
                        .map(each -> "Envoy refuses it: " + each + ".")
                        .toList();
    }

    private static String next() {
        return Instant.now().toString();
    }
}
