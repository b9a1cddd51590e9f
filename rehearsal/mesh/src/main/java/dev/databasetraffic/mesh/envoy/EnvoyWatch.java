package dev.databasetraffic.mesh.envoy;

import dev.databasetraffic.mesh.envoy.EnvoyAdmin.Connections;
import dev.databasetraffic.mesh.model.Cluster;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.mesh.traffic.MeshEvent.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the admin interfaces of a workload's sidecars what becomes of the connections to one host. An event's time
 * is that of the look that saw it, so it may be late by the pace of looking.
 */
public final class EnvoyWatch implements AutoCloseable {

    private final Map<EnvoyAdmin, HostTargets> sidecars = new LinkedHashMap<>();
    private final HostInMesh host;
    private final List<Consumer<MeshEvent>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile String lastFailure = "";
    private volatile long outliving;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "envoy-watch");
        thread.setDaemon(true);
        return thread;
    });

    // What follows belongs to the looking thread.
    private boolean missedTheBegin;
    private boolean applied;
    private boolean gone;
    private long leftOver;
    private boolean diverted;
    private Map<Way, Long> triesBefore = Map.of();

    private EnvoyWatch(HostInMesh host) {
        this.host = host;
    }

    /** From one sidecar to one cluster. */
    private record Way(EnvoyAdmin sidecar, String cluster) {}

    /**
     * What one look at all sidecars saw.
     *
     * @param tries connections that each sidecar has tried to make to each cluster but the host's own
     */
    private record Look(boolean allDiverted, boolean allHealthy, Set<String> targets, long old, Map<Way, Long> tries) {

        /** Whether one has tried since to reach what the host's connections are led to. What counts less has begun anew. */
        boolean hasTriedSince(Map<Way, Long> before) {
            return tries.entrySet().stream()
                    .filter(each -> targets.contains(each.getKey().cluster()))
                    .anyMatch(each -> {
                        long then = before.getOrDefault(each.getKey(), 0L);
                        return each.getValue() > (each.getValue() < then ? 0 : then);
                    });
        }
    }

    /**
     * Begins to look.
     *
     * @param pace the time between two looks
     */
    public static EnvoyWatch start(List<EnvoyAdmin> sidecars, HostInMesh host, Duration pace) {
        EnvoyWatch watch = new EnvoyWatch(host);
        watch.setSidecars(sidecars);
        watch.looking.scheduleWithFixedDelay(watch::lookSafely, 0, pace.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    /** As {@link #start}, but looks only when told to, by {@link #look}. */
    public static EnvoyWatch onDemand(HostInMesh host) {
        EnvoyWatch watch = new EnvoyWatch(host);
        watch.missedTheBegin = true;
        return watch;
    }

    /** Looks once, on the caller's thread, which is always the same. */
    public void look(Collection<EnvoyAdmin> sidecarsOfNow) {
        setSidecars(sidecarsOfNow);
        lookSafely();
    }

    /** There is no look for a while: nobody can tell when an outage that the next one sees has begun. */
    public void rest() {
        missedTheBegin = true;
    }

    private void setSidecars(Collection<EnvoyAdmin> sidecarsOfNow) {
        sidecars.keySet().retainAll(sidecarsOfNow);
        sidecarsOfNow.forEach(each -> sidecars.computeIfAbsent(each, sidecar -> new HostTargets(sidecar, host)));
    }

    /** Receives every later event, on the looking thread. */
    public void onMeshEvent(Consumer<MeshEvent> listener) {
        listeners.add(listener);
    }

    /** What a reader must know: what the sidecars could not be asked, and connections that no drain time ended. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        int count = failures.get();
        if (count > 0) {
            notes.add(count + " looks at the sidecars' admin interface failed, the last with " + lastFailure
                    + "; the mesh's events may be late or missing.");
        }
        if (outliving > 0) {
            notes.add(outliving + (outliving == 1 ? " connection to " : " connections to ") + host.name()
                    + " that had been open before the rule outlived it.");
        }
        return notes;
    }

    @Override
    public void close() {
        looking.shutdownNow();
    }

    private void lookSafely() {
        try {
            Look seen = look();
            if (seen != null) {
                judge(seen);
            }
        } catch (IOException | RuntimeException e) {
            failures.incrementAndGet();
            lastFailure = e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return null if there is no sidecar, which tells nothing of the host */
    private @Nullable Look look() throws IOException, InterruptedException {
        if (sidecars.isEmpty()) {
            return null;
        }
        Set<String> targets = new TreeSet<>();
        List<Set<String>> each = new ArrayList<>();
        Map<Way, Long> tries = new HashMap<>();
        long old = 0;
        for (Map.Entry<EnvoyAdmin, HostTargets> entry : sidecars.entrySet()) {
            EnvoyAdmin sidecar = entry.getKey();
            Set<String> its = entry.getValue().look();
            each.add(its);
            targets.addAll(its);
            Map<String, Long> withoutEndpoint = sidecar.counted(EnvoyFlows.WITHOUT_ENDPOINT);
            for (Map.Entry<String, Connections> cluster : sidecar.connections().entrySet()) {
                if (cluster.getKey().equals(host.healthy())) {
                    old += cluster.getValue().inUse();
                } else {
                    tries.put(
                            new Way(sidecar, cluster.getKey()),
                            cluster.getValue().attempts()
                                    + withoutEndpoint.getOrDefault(EnvoyAdmin.statName(cluster.getKey()), 0L));
                }
            }
        }
        return new Look(
                each.stream().allMatch(this::isDiverted), each.stream().allMatch(this::isHealthy), targets, old, tries);
    }

    private boolean isHealthy(Set<String> targets) {
        return targets.equals(Set.of(host.healthy()));
    }

    /** Not by a sidecar that has just started, and knows of no host yet. */
    private boolean isDiverted(Set<String> targets) {
        return !targets.isEmpty() && !isHealthy(targets);
    }

    private void judge(Look look) {
        if (missedTheBegin) {
            missedTheBegin = false;
            applied = look.allDiverted();
            gone = applied && look.old() == 0;
            diverted = applied;
        }
        if (!applied && look.allDiverted()) {
            applied = true;
            gone = false;
            leftOver = 0;
            diverted = false;
            tell(
                    Kind.APPLIED,
                    host.name() + " is led to "
                            + look.targets().stream().map(Cluster::readable).collect(Collectors.joining(", ")));
        }
        if (!applied) {
            triesBefore = look.tries();
            return;
        }
        if (!diverted && look.hasTriedSince(triesBefore)) {
            diverted = true;
            tell(Kind.DIVERTED, "a connection meant for " + host.name() + " went to the rule's destination");
        }
        // Where the rule itself keeps a way to the database, its connections are not all old.
        if (!gone && !look.targets().contains(host.healthy())) {
            leftOver = look.old();
            if (leftOver == 0) {
                gone = true;
                tell(Kind.OLD_CONNECTION_GONE, "no sidecar has a connection to " + host.name() + " any more");
            }
        }
        if (look.allHealthy()) {
            // Until now the drain could have ended them.
            outliving = gone ? 0 : leftOver;
            triesBefore = look.tries();
            applied = false;
            tell(Kind.REMOVED, host.name() + " is reached again");
        }
    }

    private void tell(Kind kind, String detail) {
        MeshEvent event = new MeshEvent(kind, Instant.now(), detail);
        listeners.forEach(listener -> listener.accept(event));
    }
}
