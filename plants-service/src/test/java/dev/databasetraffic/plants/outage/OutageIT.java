package dev.databasetraffic.plants.outage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.databases.firestore.FirestoreApi;
import dev.databasetraffic.databases.firestore.junit.FirestoreEmulatorExtension;
import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.faults.Fault;
import dev.databasetraffic.faults.Wire;
import dev.databasetraffic.kit.ThrowawayAuthority;
import dev.databasetraffic.plants.outage.RunningPlants.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class OutageIT {

    private static final Duration RECOVERY_BOUND = Duration.ofSeconds(2);

    private static final Duration OUTAGE = Duration.ofSeconds(5);

    private static final String UNKNOWN = "/plants/" + "0".repeat(32);

    @RegisterExtension
    static final FirestoreEmulatorExtension firestore = new FirestoreEmulatorExtension();

    private final String project = "outage-" + UUID.randomUUID().toString().substring(0, 8);
    private final List<String> acknowledged = new ArrayList<>();
    private Wire wire;
    private RunningPlants plants;

    @BeforeEach
    void startHealthy() throws Exception {
        wire = Wire.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), firestore.tlsPort()),
                new InetSocketAddress(firestore.host(), firestore.port()),
                ThrowawayAuthority.create(),
                FirestoreApi.HOST,
                FirestoreApi::isWrite);
        plants = RunningPlants.start(wire.address().getPort(), project);
        assertThat(add("before").status()).isEqualTo(201);
    }

    @AfterEach
    void stop() throws Exception {
        plants.close();
        wire.close();
    }

    @ParameterizedTest
    @CsvSource({"reset, CUT", "silent, CUT", "left-frozen, LEFT"})
    void failsWithinTheDeadlineThenAtOnceAndIsBackWithinTwoSeconds(String kind, Connections open, CapturedOutput output)
            throws Exception {
        Fault fault = wire.fault(kind);
        wire.inject(fault, open);

        Answer first = add("first");
        assertHonestFailure(first);
        assertThat(first.took()).isLessThan(RunningPlants.ANSWER_BOUND);

        Awaitility.await().atMost(RunningPlants.ANSWER_BOUND).until(() -> plants.health("firestore") == 503);
        List<Duration> times = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            Answer known = add("known-" + i);
            times.add(known.took());
            assertThat(known.status()).isEqualTo(503);
            assertThat(known.text("outcome")).isEqualTo("not-written");
        }
        assertThat(times.stream().sorted().toList().get(5))
                .as("median of the failures while the absence is known")
                .isLessThan(Duration.ofMillis(250));
        assertThat(plants.get("/plants").status()).isEqualTo(503);
        assertThat(plants.get(UNKNOWN).status()).isEqualTo(503);
        assertThat(plants.delete("0".repeat(32)).status()).isEqualTo(503);
        // Long enough for gRPC's own back-off to exceed the bound of the recovery.
        Awaitility.await()
                .during(OUTAGE)
                .atMost(OUTAGE.plusSeconds(5))
                .until(() -> plants.health("liveness") == 200 && plants.health("readiness") == 200);

        wire.remove(fault);
        Awaitility.await()
                .atMost(RECOVERY_BOUND)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> add("after").acknowledged());
        assertThat(plants.health("firestore")).isEqualTo(200);

        List<String> stored = RunningPlants.storedNames(firestore.host(), firestore.port(), project);
        assertThat(stored).containsAll(acknowledged).doesNotHaveDuplicates();
        assertThat(stored).noneMatch(name -> name.startsWith("known-"));
        assertThat(output.getOut().lines().filter(line -> line.contains("Firestore is ")))
                .satisfiesExactly(
                        away -> assertThat(away).contains("WARN", "Firestore is away: "),
                        back -> assertThat(back).contains("INFO", "Firestore is back after "));
    }

    @Test
    void doesNotNoticeThatOnlyNewConnectionsAreRerouted() {
        wire.inject(wire.fault("silent"), Connections.LEFT);
        for (int i = 0; i < 20; i++) {
            assertThat(add("left-" + i).status()).isEqualTo(201);
        }
    }

    @Test
    void whoIsAskedAllTheTimeDoesNotRestAndIsBackWithinTwoSeconds() throws Exception {
        plants.close();
        plants = RunningPlants.start(wire.address().getPort(), project, "channel-guard.rest=1s");
        Fault refused = wire.fault("refused");
        wire.inject(refused, Connections.CUT);
        Awaitility.await()
                .during(OUTAGE)
                .atMost(OUTAGE.plusSeconds(5))
                .until(() -> !add("away").acknowledged());

        wire.remove(refused);
        Awaitility.await()
                .atMost(RECOVERY_BOUND)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> add("after").acknowledged());
    }

    @Test
    void manyWhoAskWhileItIsAwayAreToldUnreadWhatTheFirstAreToldAndItIsBackWithinTwoSeconds(CapturedOutput output)
            throws Exception {
        plants.close();
        plants = RunningPlants.start(wire.address().getPort(), project, "plants.http.max-futile-requests=1");
        assertThat(add("before").status()).isEqualTo(201);
        Fault refused = wire.fault("refused");
        wire.inject(refused, Connections.CUT);
        assertHonestFailure(add("first"));
        Awaitility.await().atMost(RunningPlants.ANSWER_BOUND).until(() -> plants.health("firestore") == 503);

        // One a second goes its whole way.
        Answer known = plants.get(UNKNOWN);
        assertHonestFailure(known);
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .during(OUTAGE.dividedBy(2))
                .atMost(OUTAGE)
                .until(() -> plants.get(UNKNOWN).body().equals(known.body()));
        assertThat(output.getOut()).contains("The database is away: ", "more requests were told so at once");

        wire.remove(refused);
        Awaitility.await()
                .atMost(RECOVERY_BOUND)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> add("after").acknowledged());
        assertThat(RunningPlants.storedNames(firestore.host(), firestore.port(), project))
                .containsAll(acknowledged)
                .doesNotHaveDuplicates();
    }

    private Answer add(String name) {
        String unique = name + "-" + UUID.randomUUID();
        Answer answer = plants.add(unique);
        if (answer.acknowledged()) {
            acknowledged.add(unique);
        }
        return answer;
    }

    private static void assertHonestFailure(Answer answer) {
        assertThat(answer.status()).isIn(503, 504);
        assertThat(answer.text("outcome")).isEqualTo(answer.status() == 503 ? "not-written" : "unknown");
        assertThat(answer.text("dependency")).isEqualTo("firestore.googleapis.com");
    }
}
