package dev.databasetraffic.plants.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.databases.firestore.junit.FirestoreEmulatorExtension;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the service does to itself before it is ready. */
class WarmUpIT {

    @RegisterExtension
    static final FirestoreEmulatorExtension firestore = new FirestoreEmulatorExtension();

    @TempDir
    static Path folder;

    private final String project = "warm-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void whoIsReadyHasAnsweredRequestsOfItsOwnAndNothingIsLeftOfThem() throws Exception {
        try (FaultyFirestore relay = new FaultyFirestore(firestore, folder);
                RunningPlants plants = relay.start(project, "plants.firestore.warm-up.load=2s")) {
            assertThat(plants.count("plants.operations", "operation", "add", "outcome", "written"))
                    .isPositive();
            await().untilAsserted(() -> assertThat(plants.count("jvm.gc.pause", "cause", "System.gc()"))
                    .as("collections of what the start left behind")
                    .isPositive());
            assertThat(RunningPlants.storedNames(firestore.host(), firestore.port(), project))
                    .isEmpty();

            assertThat(plants.addWithKey("a fern", "dry-run-1").acknowledged()).isTrue();
            assertThat(RunningPlants.storedNames(firestore.host(), firestore.port(), project))
                    .containsExactly("a fern");
        }
    }

    @Test
    void withoutALoadItIsReadyAsSoonAsThePathWorks() {
        try (FaultyFirestore relay = new FaultyFirestore(firestore, folder);
                RunningPlants plants = relay.start(project)) {
            assertThat(plants.count("plants.operations", "operation", "add", "outcome", "written"))
                    .isZero();
        }
    }
}
