package dev.databasetraffic.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentFile;
import dev.databasetraffic.rehearsal.experiment.LiveLoad;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlaceControlsTests {

    private static final Path HOME = Path.of("..", "..");

    private final SlowPlace place = new SlowPlace();

    @Test
    void theEndWaitsForWhatIsBeingSwitchedAndNothingIsSwitchedAfterIt() throws Exception {
        Experiment experiment = ExperimentFile.read(HOME.resolve("experiments/black-hole.yaml"));
        PlaceControls controls = new PlaceControls(
                place,
                HOME.resolve("istio/outage"),
                null,
                new LiveLoad(place.service(), experiment, write -> {}),
                new SampleRequest("GET", "/", Map.of()),
                event -> {});
        String id = controls.outages().get(0).id();
        CompletableFuture<List<String>> switching = CompletableFuture.supplyAsync(() -> begin(controls, id));
        await().until(() -> place.applying);

        Thread closing = new Thread(controls::close);
        closing.start();
        await().until(() -> closing.getState() == Thread.State.BLOCKED);
        place.mayGoOn.countDown();
        closing.join(10_000);

        assertThat(switching.get(10, TimeUnit.SECONDS)).isEmpty();
        assertThat(place.applied).isTrue();
        assertThatThrownBy(() -> controls.begin(id, true)).isInstanceOf(PlaceException.class);
    }

    private static List<String> begin(PlaceControls controls, String id) {
        try {
            return controls.begin(id, true);
        } catch (PlaceException e) {
            throw new AssertionError(e);
        }
    }

    /** Takes its time to apply an outage. */
    private static final class SlowPlace implements Place {

        final CountDownLatch mayGoOn = new CountDownLatch(1);
        volatile boolean applying;
        volatile boolean applied;

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public URI service() {
            return URI.create("http://127.0.0.1:1");
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public List<String> notes() {
            return List.of();
        }

        @Override
        public void onMeshEvent(Consumer<MeshEvent> listener) {}

        @Override
        public void apply(Path outage) throws PlaceException {
            applying = true;
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                throw new PlaceException("interrupted", e);
            }
            applied = true;
        }

        @Override
        public void remove() {
            applied = false;
        }

        @Override
        public @Nullable Map<String, Integer> stored(String keyPrefix) {
            return null;
        }

        @Override
        public void close() {}
    }
}
