package dev.databasetraffic.plants.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.databases.firestore.junit.FirestoreEmulatorExtension;
import dev.databasetraffic.plants.outage.FaultyFirestore.Fault;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The library's own client lacks what is compared, not what makes a comparison fair: its unknowns can be settled. */
@Tag("long")
class LibraryDefaultIT {

    @RegisterExtension
    static final FirestoreEmulatorExtension firestore = new FirestoreEmulatorExtension();

    @TempDir
    static Path folder;

    private static final String PROJECT =
            "default-" + UUID.randomUUID().toString().substring(0, 8);
    private static FaultyFirestore relay;
    private static RunningPlants plants;

    private final String name = "plant-" + UUID.randomUUID();
    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void startHealthy() {
        relay = new FaultyFirestore(firestore, folder);
        plants = relay.start(PROJECT, "plants.firestore.client=default");
        assertThat(plants.add("healthy").status()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        plants.close();
        relay.close();
    }

    @Test
    void theSameKeySettlesAWriteThatWasStored() throws Exception {
        relay.nextWrites(new Fault.AnswerLost(Status.INTERNAL));
        assertThat(plants.addWithKey(name, key).status()).isEqualTo(504);

        assertThat(plants.addWithKey(name, key).status()).isEqualTo(201);
        assertThat(plants.addWithKey(name + "-other", key).status()).isEqualTo(422);
        assertThat(stored()).doesNotContain(name + "-other");
        assertThat(Collections.frequency(stored(), name)).isEqualTo(1);
    }

    @Test
    void aWriteWhoseReplyWasLostIsNoConflictWithItself() throws Exception {
        relay.countCalls();
        relay.nextWrites(new Fault.AnswerLost(Status.UNAVAILABLE));

        assertThat(plants.add(name).status()).isEqualTo(201);
        assertThat(relay.countCalls()).as("the library repeats it").isEqualTo(2);
        assertThat(Collections.frequency(stored(), name)).isEqualTo(1);
    }

    private static List<String> stored() throws Exception {
        return RunningPlants.storedNames(firestore.host(), firestore.port(), PROJECT);
    }
}
