package dev.databasetraffic.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.controlplane.ComposeResources;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentFile;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.experiment.Progress;
import dev.databasetraffic.rehearsal.experiment.Rehearsal;
import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.kubernetes.KubernetesPlace;
import dev.databasetraffic.rehearsal.kubernetes.WatchedCluster;
import dev.databasetraffic.rehearsal.page.LivePage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** k8s/ and istio/ in the cluster that KUBECONFIG names, the emulator in Firestore's place. */
@TestInstance(Lifecycle.PER_CLASS)
@EnabledIf(value = "clusterIsThere", disabledReason = ClusterIT.NEED)
class ClusterIT {

    static final String NEED = "needs a cluster with Istio that KUBECONFIG names and that can be reached";

    private static final String FIRESTORE = "firestore.googleapis.com";
    private static final String HEALTHY = "outbound|443||firestore.googleapis.com";
    private static final Path SHOP = Path.of("src/test/resources/shop").toAbsolutePath();

    @TempDir
    private Path logs;

    private boolean created;

    static boolean clusterIsThere() {
        // The usual ~/.kube/config may name a cluster that is dear to somebody: it is never used.
        boolean there = System.getenv("KUBECONFIG") != null
                && Project.succeeds("kubectl", "-n", "istio-system", "get", "deployment", "istiod");
        return Project.orSay(there, ClusterIT.class, NEED);
    }

    /** Of the namespaces that it deletes in the end, so none may be there that it has not made. */
    static void requireNone(String... namespaces) {
        for (String namespace : namespaces) {
            assertThat(Project.succeeds("kubectl", "get", "namespace", namespace))
                    .as(
                            "namespace %s is in the cluster, and these tests would delete it: if it is nobody's,"
                                    + " kubectl delete namespace %1$s",
                            namespace)
                    .isFalse();
        }
    }

    @BeforeAll
    void deploy() {
        requireNone("plants", "shop");
        created = true;
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
        Project.run(
                "kubectl",
                "apply",
                "--validate=strict",
                "-f",
                SHOP.resolve("shop.yaml").toString());
        for (String workload : new String[] {"firestore-emulator", "echo", "plants"}) {
            Project.run("kubectl", "-n", "plants", "rollout", "status", "--timeout=400s", "deployment/" + workload);
        }
        Project.run("kubectl", "-n", "shop", "rollout", "status", "--timeout=400s", "deployment/shop");
    }

    @AfterAll
    void end() {
        if (created) {
            Project.run("kubectl", "delete", "namespace", "shop", "plants");
        }
    }

    /** What a cluster may hold besides k8s/ and istio/, in every combination; the outages come on top of each. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "k8s/emulator",
                "istio/registry-only",
                "istio/egress-gateway",
                "k8s/emulator istio/registry-only",
                "k8s/emulator istio/egress-gateway",
                "istio/registry-only istio/egress-gateway",
                "k8s/emulator istio/registry-only istio/egress-gateway"
            })
    void variantsAreAcceptedByTheApiServer(String variants) {
        String all = "k8s istio " + variants + " istio/outage istio/egress-gateway/outage istio/ambient/outage";
        List<String> command = new ArrayList<>(
                List.of("kubectl", "apply", "--dry-run=server", "--validate=strict", "--warnings-as-errors"));
        for (String folder : all.split(" +")) {
            command.addAll(List.of("-f", folder));
        }
        Project.run(command.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"black-hole, echo", "silent, silent", "refused, ''"})
    void outageIsFeltByPlantsAloneAndLosesNothing(String outage, String listener) throws Exception {
        try (Place place = open()) {
            List<String> pods = restartsAndReadiness();
            new OutageScenario(place, EchoMetrics.inCluster(), outage).run(outage, listener, () -> {
                assertThat(Outbound.get(FIRESTORE, 1))
                        .as("what plants' pod reaches")
                        .doesNotContain("Ok");
                assertThat(Outbound.get("another.example.com", 1))
                        .as("another host on the same port")
                        .containsExactly("Ok");
                assertThat(Project.run("kubectl", "get", "--raw", "/api/v1/namespaces/shop/services/shop:8000/proxy/"))
                        .as("another workload, the same host")
                        .contains("Ok");
            });
            // A pod of before the emulator came may have ended meanwhile; what is there is as it was.
            assertThat(restartsAndReadiness()).isNotEmpty().isSubsetOf(pods);
        }
    }

    /** Of each pod of plants: how often its containers were restarted, and since when it has been ready. */
    private static List<String> restartsAndReadiness() {
        return Project.run(
                        "kubectl",
                        "-n",
                        "plants",
                        "get",
                        "pods",
                        "--selector=app=plants",
                        "--output",
                        "jsonpath={range .items[*]}{.metadata.name} {.status.containerStatuses[*].restartCount} "
                                + "{.status.conditions[?(@.type==\"Ready\")]['status','lastTransitionTime']}{\"\\n\"}{end}")
                .lines()
                .toList();
    }

    @Test
    void halfOfTheConnectionsAreLostAndNoWrite() throws Exception {
        try (Place place = open()) {
            PlantsCaller caller = new PlantsCaller(place.service());
            String prefix = "half-" + System.nanoTime() + "-";
            Map<String, Integer> acknowledged = new HashMap<>();
            place.apply(Project.OUTAGES.resolve("half.yaml"));
            // 1 in 2^39 that a fair coin shows one side forty times.
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(Outbound.get(FIRESTORE, 40))
                            .contains("Ok")
                            .anySatisfy(line -> assertThat(line).startsWith("curl: ")));
            // The connections from before the rule are gone by now; the channel has to find one that gets through.
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                String name = prefix + acknowledged.size();
                boolean written = caller.post(name).status() == 201;
                if (written) {
                    acknowledged.put(name, 1);
                }
                return acknowledged.size() == 20;
            });
            place.remove();
            assertThat(place.stored(prefix)).isEqualTo(acknowledged);
        }
    }

    @Test
    void serviceOfSomebodyElseIsRehearsedAsWell() throws Exception {
        Path file = SHOP.resolve("experiment.yaml");
        Experiment experiment = ExperimentFile.read(file);
        Run run;
        try (Place place = KubernetesPlace.open(options(), experiment)) {
            Path outage = file.resolveSibling(experiment.fault().apply());
            run = new Rehearsal(experiment, outage, place, Progress.SILENT).run();
        }
        assertThat(run.problem()).isNull();
        assertThat(run.broken()).isEmpty();
        assertThat(run.figures().failures().count()).isPositive();
        assertThat(run.markers().diverted()).isNotNull();
    }

    @Test
    void outageEndsThoughItsRunnerIsKilled(@TempDir Path folder) throws Exception {
        Process runner = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Drehearse.home=" + Project.HOME,
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.databasetraffic.rehearsal.cli.Rehearse",
                        "--on",
                        "kubernetes",
                        "--out",
                        folder.resolve("report").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(2)).until(() -> outages().contains("firestore-outage"));
        } finally {
            runner.destroyForcibly().waitFor();
        }
        assertThat(outages()).as("the runner had no time to end it").contains("firestore-outage");
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(outages()).isEmpty());
    }

    @Test
    void anOutageThatHasTheNameOfSomebodysRuleIsRefusedAndLeavesThatAlone(@TempDir Path folder) throws Exception {
        String other = Files.writeString(folder.resolve("other.yaml"), """
                        apiVersion: networking.istio.io/v1
                        kind: VirtualService
                        metadata:
                          name: firestore-outage
                          namespace: plants
                        spec:
                          hosts: [other.example]
                          http: [{route: [{destination: {host: echo.plants.svc.cluster.local}}]}]
                        """).toString();
        Project.run("kubectl", "apply", "-f", other);
        try {
            try (Place place = KubernetesPlace.open(options(), ExperimentFile.read(Project.EXPERIMENT))) {
                assertThatThrownBy(() -> place.apply(Project.OUTAGES.resolve("black-hole.yaml")))
                        .isInstanceOf(PlaceException.class)
                        .hasMessageContaining("plants/firestore-outage, which is in the cluster already");
            }
            assertThat(Project.run(
                            "kubectl",
                            "-n",
                            "plants",
                            "get",
                            "virtualservice",
                            "firestore-outage",
                            "-o",
                            "jsonpath={.spec.hosts[0]}"))
                    .isEqualTo("other.example");
        } finally {
            Project.run("kubectl", "delete", "-f", other);
        }
    }

    /** By {@code ./rehearse watch}, which takes no part in what it shows. */
    @Test
    void aRuleThatSomebodyAppliesIsSeenOnAPageThatOnlyWatches() throws Exception {
        String file = "istio/outage/black-hole.yaml";
        try (WatchedCluster cluster = WatchedCluster.open(ExperimentFile.read(Project.EXPERIMENT));
                LivePage page = LivePage.start("plants", 0)) {
            page.watch(cluster.watched());
            try (PageViewer viewer = new PageViewer(page)) {
                viewer.awaitNode(FIRESTORE, node -> node.path("badge").isNull());

                Project.run("kubectl", "apply", "-f", file);
                JsonNode badge = viewer.awaitNode(
                                FIRESTORE,
                                node -> node.at("/badge/text").asText().contains("sniHosts"))
                        .path("badge");
                assertThat(badge.path("rule").asText()).isEqualTo("VirtualService plants/firestore-outage");
                assertThat(badge.path("sentence").asText())
                        .isEqualTo("New connections to firestore.googleapis.com are led to"
                                + " echo.plants.svc.cluster.local:80.");
                assertThat(badge.path("text").asText()).doesNotContain("resourceVersion");
            }
            try (PageViewer late = new PageViewer(page)) {
                late.awaitNode(FIRESTORE, node -> node.path("badge").isObject());

                Project.run("kubectl", "delete", "-f", file);
                late.awaitNode(FIRESTORE, node -> node.path("badge").isNull());
            }
        } finally {
            Project.run("kubectl", "delete", "--ignore-not-found", "-f", file);
        }
    }

    private static String outages() {
        return Project.run("kubectl", "-n", "plants", "get", "virtualservices", "-o", "name");
    }

    /** Envoy's configuration in docker-compose is made by the model; this is what keeps it true. */
    @ParameterizedTest
    @ValueSource(strings = {"", "black-hole", "silent", "refused", "half"})
    void composeConfiguresEnvoyAsIstiodDoes(String outage, @TempDir Path folder) throws Exception {
        String file = "istio/outage/" + outage + ".yaml";
        try {
            if (outage.isEmpty()) {
                ComposeResources.write(Project.HOME, null, folder);
            } else {
                ComposeResources.write(Project.HOME, Project.HOME.resolve(file), folder);
                Project.run("kubectl", "apply", "-f", file);
            }
            EnvoyConfiguration compose = EnvoyConfiguration.ofFolder(folder, FIRESTORE);
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
    void publishedOutageDoesNothing() throws Exception {
        try (Place place = open()) {
            PlantsCaller caller = new PlantsCaller(place.service());
            place.apply(Project.PUBLISHED);
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
            PlantsCaller caller = new PlantsCaller(place.service());
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
        return KubernetesPlace.open(options(), ExperimentFile.read(Project.EXPERIMENT));
    }

    private PlaceOptions options() {
        return new PlaceOptions(Project.HOME, logs, 0, Duration.ofSeconds(5), Map.of(), System.out::println);
    }
}
