package dev.databasetraffic.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.kubernetes.KubernetesPlace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** k8s/ and istio/ in the cluster that KUBECONFIG names, the emulator in Firestore's place. */
@TestInstance(Lifecycle.PER_CLASS)
class ClusterIT {

    private static final String FIRESTORE = "firestore.googleapis.com";
    private static final String HEALTHY = "outbound|443||firestore.googleapis.com";

    @TempDir
    private Path logs;

    private boolean created;

    @BeforeAll
    void deploy() {
        // The usual ~/.kube/config may name a cluster that is dear to somebody: it is never used.
        assumeTrue(System.getenv("KUBECONFIG") != null, "skipped: KUBECONFIG is not set, so no cluster may be touched");
        assumeTrue(
                Project.tryRun(Map.of(), "kubectl", "-n", "istio-system", "get", "deployment", "istiod")
                                .status()
                        == 0,
                "skipped: the cluster of KUBECONFIG cannot be reached or has no Istio");
        created = Project.tryRun(Map.of(), "kubectl", "get", "namespace", "plants")
                        .status()
                != 0;
        Project.run("kubectl", "apply", "--validate=strict", "--warnings-as-errors", "-f", "k8s/", "-f", "istio/");
        Project.run("kubectl", "apply", "--validate=strict", "--warnings-as-errors", "-f", "k8s/emulator/");
        Project.run(
                "kubectl",
                "-n",
                "plants",
                "wait",
                "--for=condition=complete",
                "--timeout=300s",
                "job/emulator-certificate");
        for (String workload : new String[] {"firestore-emulator", "echo", "plants"}) {
            Project.run("kubectl", "-n", "plants", "rollout", "status", "--timeout=400s", "deployment/" + workload);
        }
    }

    @AfterAll
    void end() {
        if (created) {
            Project.run("kubectl", "delete", "namespace", "plants");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "istio/outage",
                "istio/registry-only",
                "istio/egress-gateway",
                "istio/egress-gateway/outage",
                "istio/ambient/outage"
            })
    void variantIsAcceptedByTheApiServer(String folder) {
        Project.run("kubectl", "apply", "--dry-run=server", "--validate=strict", "--warnings-as-errors", "-f", folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"black-hole", "silent", "refused"})
    void outageIsFeltByPlantsAloneAndLosesNothing(String outage) throws Exception {
        try (Place place = open()) {
            new OutageScenario(place, outage)
                    .run(
                            outage,
                            () -> assertThat(EnvoyConfiguration.ofSidecar("echo", FIRESTORE)
                                            .chains())
                                    .as("another workload's way to Firestore")
                                    .singleElement()
                                    .satisfies(
                                            chain -> assertThat(chain.routes()).containsOnlyKeys(HEALTHY)));
        }
    }

    /** Envoy's configuration in docker-compose is made by hand; this is what keeps it true. */
    @ParameterizedTest
    @ValueSource(strings = {"", "black-hole", "silent", "refused", "half"})
    void composeConfiguresEnvoyAsIstiodDoes(String outage, @TempDir Path folder) {
        OutageScript script = new OutageScript(folder);
        String file = "istio/outage/" + outage + ".yaml";
        try {
            if (outage.isEmpty()) {
                script.run("stop");
            } else {
                script.run("start", outage);
                Project.run("kubectl", "apply", "-f", file);
            }
            EnvoyConfiguration compose = script.configuration();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                EnvoyConfiguration istiod = EnvoyConfiguration.ofSidecar("plants", FIRESTORE);
                assertThat(compose.chains()).isEqualTo(istiod.chains());
            });
            // Where Firestore is: the one cluster that both resolve by DNS. A Service is EDS to istiod.
            EnvoyConfiguration istiod = EnvoyConfiguration.ofSidecar("plants", FIRESTORE);
            assertThat(compose.clusterTypes())
                    .containsKeys(compose.routedClusterTypes().keySet().toArray(String[]::new));
            assertThat(istiod.clusterTypes())
                    .containsKeys(compose.routedClusterTypes().keySet().toArray(String[]::new));
            assertThat(compose.clusterTypes().get(HEALTHY))
                    .isEqualTo(istiod.clusterTypes().get(HEALTHY));
        } finally {
            if (!outage.isEmpty()) {
                Project.run("kubectl", "delete", "-f", file);
            }
        }
    }

    @Test
    void publishedOutageDoesNothing(@TempDir Path folder) throws Exception {
        String pair = Files.readString(Project.PUBLISHED);
        Path rule = Files.writeString(folder.resolve("rule.yaml"), pair.substring(pair.indexOf("\n---\n") + 5));
        try (Place place = open()) {
            Caller caller = new Caller(place.service());
            place.apply(rule);
            // Longer than the drain time, after which an effective rule is always felt.
            await().during(Duration.ofSeconds(10))
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(caller.post("published-" + System.nanoTime())
                                    .status())
                            .isEqualTo(201));
            assertThat(place.notes()).anySatisfy(note -> assertThat(note).contains("This tcp route does nothing"));
        }
    }

    @Test
    void rollingRestartUnderLoadLosesNothing() throws Exception {
        try (Place place = open()) {
            Caller caller = new Caller(place.service());
            String prefix = "restart-" + System.nanoTime() + "-";
            AtomicBoolean done = new AtomicBoolean();
            CompletableFuture<Map<String, Integer>> load = CompletableFuture.supplyAsync(() -> {
                Map<String, Integer> written = new HashMap<>();
                for (int i = 0; !done.get(); i++) {
                    String name = prefix + i;
                    // A connection that broke says nothing of the write: the same key settles it.
                    await().until(() -> caller.post(name).status() == 201);
                    written.put(name, 1);
                }
                return written;
            });
            Project.run("kubectl", "-n", "plants", "rollout", "restart", "deployment/plants");
            Project.run("kubectl", "-n", "plants", "rollout", "status", "--timeout=400s", "deployment/plants");
            done.set(true);

            Map<String, Integer> written = load.join();
            assertThat(place.stored(prefix)).isNotEmpty().isEqualTo(written);
        }
    }

    private Place open() throws Exception {
        return KubernetesPlace.open(
                new PlaceOptions(Project.HOME, logs, 0, Duration.ofSeconds(5), Map.of(), System.out::println));
    }
}
