package dev.databasetraffic.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.mesh.PlantsCaller.Answer;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.mesh.traffic.MeshEvent.Kind;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Healthy, cut, restored: what must be true of an outage that callers feel, wherever it happens. */
final class OutageScenario {

    /** plants' deadline of 2 s, and what the way to it may cost on a busy machine. */
    private static final Duration ANSWER = Duration.ofSeconds(4);

    /** The drain time of 5 s, then a deadline, then slack. */
    private static final Duration FELT = Duration.ofSeconds(20);

    /** From the route's return to the first success. */
    private static final Duration RECOVERY = Duration.ofSeconds(2);

    private final Place place;
    private final EchoMetrics echo;
    private final PlantsCaller caller;
    private final String prefix;
    private final Map<Kind, MeshEvent> events = new ConcurrentHashMap<>();
    private final List<String> acknowledged = new ArrayList<>();
    private final List<String> possible = new ArrayList<>();
    private int number;

    OutageScenario(Place place, EchoMetrics echo, String outage) {
        this.place = place;
        this.echo = echo;
        this.caller = new PlantsCaller(place.service());
        this.prefix = "mesh-" + outage + "-" + Long.toString(System.nanoTime(), Character.MAX_RADIX) + "-";
        place.onMeshEvent(event -> events.put(event.kind(), event));
    }

    /**
     * Runs the outage.
     *
     * @param listener echo's listener that the connections are led to, or empty if they are led to nobody
     * @param meanwhile runs while the outage is in force
     */
    void run(String outage, String listener, Runnable meanwhile) throws PlaceException {
        await().atMost(FELT).untilAsserted(() -> assertThat(post().status()).isEqualTo(201));
        EchoMetrics.Seen before = echo.seen();
        try {
            place.apply(Project.OUTAGES.resolve(outage + ".yaml"));
            await().atMost(FELT).untilAsserted(() -> assertThat(post().status()).isEqualTo(503));
            Answer answer = post();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.body())
                    .contains("urn:problem:plants:database-unavailable", "firestore.googleapis.com", "not-written");
            await().atMost(FELT)
                    .untilAsserted(() -> assertThat(events)
                            .as("what the mesh did; %s", place.notes())
                            .containsKeys(Kind.APPLIED, Kind.OLD_CONNECTION_GONE, Kind.DIVERTED));
            EchoMetrics.Seen after = echo.seen();
            // Connections, because a peer's farewell on an old one may still bring bytes to another listener.
            assertThat(after.grown(before, EchoMetrics.Seen::connections))
                    .as("echo's listeners that new connections reached")
                    .isEqualTo(listener.isEmpty() ? Set.of() : Set.of(listener));
            if (!listener.isEmpty()) {
                assertThat(after.grown(before, EchoMetrics.Seen::received))
                        .as("echo's listeners at which bytes arrived")
                        .contains(listener);
            }
            meanwhile.run();
        } finally {
            place.remove();
        }
        await().atMost(FELT).untilAsserted(() -> assertThat(events).containsKey(Kind.REMOVED));
        await().atMost(RECOVERY).untilAsserted(() -> assertThat(post().status()).isEqualTo(201));
        assertThat(place.stored(prefix))
                .as("what was acknowledged and nothing that was refused, once each")
                .containsAllEntriesOf(onceEach(acknowledged))
                .satisfies(stored -> assertThat(onceEach(possible)).containsAllEntriesOf(stored));
    }

    private Answer post() {
        String name = prefix + number++;
        Answer answer = caller.post(name);
        assertThat(answer.took()).as("%s", answer).isLessThan(ANSWER);
        if (answer.status() == 201) {
            acknowledged.add(name);
        }
        // Of a write whose reply the outage swallowed, the service says that it may be there.
        if (answer.status() != 503) {
            possible.add(name);
        }
        return answer;
    }

    private static Map<String, Integer> onceEach(Collection<String> names) {
        return names.stream().collect(Collectors.toMap(name -> name, name -> 1));
    }
}
