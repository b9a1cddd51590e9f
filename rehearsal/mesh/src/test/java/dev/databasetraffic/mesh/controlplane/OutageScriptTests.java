package dev.databasetraffic.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.kit.Command;
import dev.databasetraffic.kit.Command.Result;
import dev.databasetraffic.mesh.manifest.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** compose/outage and the control plane that it asks. */
class OutageScriptTests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TO_FIRESTORE =
            "firestore.googleapis.com:443 -> outbound|443||firestore.googleapis.com\n";
    private static final String TO_ECHO =
            "firestore.googleapis.com:443 -> outbound|80||echo.plants.svc.cluster.local\n";

    @TempDir
    private Path folder;

    @TempDir
    private Path files;

    private ReportingEnvoy envoy;
    private OutageEndpoint endpoint;

    @BeforeEach
    void start() throws Exception {
        envoy = new ReportingEnvoy(folder);
        ControlPlaneOptions options = Repository.options(folder, envoy.admin());
        ControlPlane controlPlane = new ControlPlane(options, problem -> {});
        endpoint = OutageEndpoint.start(
                controlPlane, new Shipped(Repository.HOME.resolve("istio"), options.shipped()), options.port());
        assertThat(run("status").output()).contains(TO_FIRESTORE, "No outage is in force.");
    }

    @AfterEach
    void end() {
        endpoint.close();
        envoy.close();
    }

    @ParameterizedTest
    @CsvSource({
        "black-hole, outbound|80||echo.plants.svc.cluster.local",
        "silent, outbound|81||echo.plants.svc.cluster.local",
        "refused, outbound|80||nowhere.plants.svc.cluster.local (no endpoints)",
        "half, 'outbound|80||echo.plants.svc.cluster.local 50, outbound|443||firestore.googleapis.com 50'"
    })
    void anOutageIsStartedByItsNameAndStopped(String name, String ways) throws Exception {
        Result started = run("start", name);

        assertThat(started.told()).isEqualTo("firestore.googleapis.com:443 -> " + ways);
        assertThat(started.status()).isZero();
        assertThat(run("status").output()).contains("istio/outage/" + name + ".yaml is in force.");
        Result stopped = run("stop");
        assertThat(stopped.told()).isEqualTo(TO_FIRESTORE.strip());
        assertThat(stopped.status()).isZero();
        assertThat(run("stop").told()).isEqualTo("No outage was in force.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "list", "flow", "two documents"})
    void whateverKubectlTakesIsRead(String form) throws Exception {
        Manifest outage = Repository.outage("black-hole").get(0);
        String json = outage.tree().toString();
        String text = switch (form) {
            case "list" -> "{apiVersion: v1, kind: List, items: [" + json + "]}";
            case "flow" -> json.replaceAll("\"([a-zA-Z]+)\":", "$1: ");
            case "two documents" -> "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n---\n" + json;
            default -> json;
        };

        Result started = start(text);

        assertThat(started.output() + started.errors()).isEqualTo(TO_ECHO);
        assertThat(started.status()).isZero();
    }

    @Test
    void anOutageTakesThePlaceOfTheOneInForce() throws Exception {
        run("start", "black-hole");
        Result second = start(
                "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: other, namespace: plants},"
                        + " spec: {exportTo: [.], hosts: [oauth2.googleapis.com], tls: [{match: [{sniHosts: [oauth2.googleapis.com]}],"
                        + " route: [{destination: {host: echo, port: {number: 80}}}]}]}}");

        assertThat(second.output())
                .isEqualTo("oauth2.googleapis.com:443 -> outbound|80||echo.plants.svc.cluster.local\n");
        assertThat(run("status").output()).contains(TO_FIRESTORE, "standard input is in force");
    }

    @Test
    void anOutageWithoutEffectSaysWhy() throws Exception {
        Result result = start(Files.readString(Repository.HOME.resolve("experiments/published-rule.yaml")));

        assertThat(result.errors())
                .contains(
                        "the same for Deployment plants/plants as without it",
                        "This tcp route does nothing",
                        "VirtualService plants/");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void anOutageOfAnotherWorkloadSaysThatItIsNotForThisOne() throws Exception {
        Result result = start(
                Files.readString(Repository.OUTAGES.resolve("black-hole.yaml")).replace("app: plants", "app: shop"));

        assertThat(result.errors())
                .contains("the same for Deployment plants/plants as without it", "the labels {app=shop}");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void aNameThatIsUnknownIsAnsweredWithThoseThereAre() throws Exception {
        for (String name : List.of("earthquake", "../../README.md", "what is this")) {
            Result result = run("start", name);

            assertThat(result.errors()).contains(name);
            assertThat(result.status()).isEqualTo(2);
        }
        assertThat(run("start", "earthquake").errors()).contains("black-hole, half, refused, silent");
        assertThat(run("start", "../istio/outage/silent.yaml").status()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind: [",
                "just text",
                "",
                "{apiVersion: v1}",
                "{apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: x}, spec: {hosts: [a], tlz: []}}"
            })
    void aBadManifestIsRefusedAndLeavesWhatIsInForce(String text) throws Exception {
        run("start", "black-hole");
        Result result = start(text);

        assertThat(result.errors()).contains("standard input", "Nothing was changed.");
        assertThat(result.status()).isEqualTo(2);
        assertThat(run("status").output()).contains(TO_ECHO, "black-hole.yaml is in force");
    }

    @Test
    void whatEnvoyDoesNotTakeOverInTimeIsNotCalledInForce() throws Exception {
        envoy.ignore();

        Result result = run("start", "black-hole");

        assertThat(result.errors()).contains("Envoy has not taken it over within 5 s.");
        assertThat(result.status()).isEqualTo(3);
        assertThat(run("status").output()).contains("Envoy has not taken all of that over.");
    }

    @Test
    void anOutageThatEnvoyRefusesWithoutAReasonIsTakenBackAllTheSame() throws Exception {
        envoy.refuseTheNextListeners();

        Result refused = run("start", "black-hole");

        assertThat(refused.errors())
                .isEqualTo(
                        "Envoy refuses it; its log says why.\nIt was taken back: Envoy does what it would do without it.\n");
        assertThat(refused.status()).isEqualTo(2);
        assertThat(run("status").output()).contains(TO_FIRESTORE, "No outage is in force.");
        assertThat(run("start", "black-hole").output()).isEqualTo(TO_ECHO);
    }

    @Test
    void anOutageThatEnvoyDoesNotLetBeTakenAwayIsNotForgotten() throws Exception {
        assertThat(run("start", "black-hole").output()).isEqualTo(TO_ECHO);
        envoy.refuseTheNextListeners();

        Result refused = run("stop");

        assertThat(refused.errors()).isEqualTo("Envoy refuses it; its log says why.\n");
        assertThat(refused.status()).isEqualTo(3);
        assertThat(run("status").output()).contains(TO_ECHO, "black-hole.yaml is in force.");
        assertThat(folder.resolve("outage.json")).exists();
        assertThat(run("stop").output()).isEqualTo(TO_FIRESTORE);
        assertThat(folder.resolve("outage.json")).doesNotExist();
    }

    @Test
    void anOutageIsInForceAgainAfterARestartOfTheControlPlane() throws Exception {
        run("start", "black-hole");
        endpoint.close();
        Files.delete(folder.resolve("listeners.json"));
        ControlPlaneOptions options = Repository.options(folder, envoy.admin());
        endpoint = OutageEndpoint.start(
                new ControlPlane(options, problem -> {}),
                new Shipped(Repository.HOME.resolve("istio"), options.shipped()),
                0);

        assertThat(run("status").output()).contains(TO_ECHO, "black-hole.yaml is in force");
        assertThat(JSON.readTree(folder.resolve("listeners.json").toFile()).findValuesAsText("cluster"))
                .contains("outbound|80||echo.plants.svc.cluster.local");
    }

    @Test
    void nobodyWhoAnswersIsSaid() throws Exception {
        endpoint.close();

        Result result = run("stop");

        assertThat(result.told()).isEqualTo("outage: the service mesh does not answer; docker compose ps mesh");
        assertThat(result.status()).isEqualTo(3);
    }

    private Result start(String manifest) throws Exception {
        return command("start", "-")
                .reading(Files.writeString(files.resolve("manifest"), manifest))
                .run(Duration.ofSeconds(30));
    }

    private Result run(String... arguments) throws Exception {
        return command(arguments).run(Duration.ofSeconds(30));
    }

    private Command command(String... arguments) {
        List<String> words = new ArrayList<>(
                List.of("bash", Repository.HOME.resolve("compose/outage").toString()));
        words.addAll(List.of(arguments));
        return Command.of(words).with(Map.of("CONTROL_PLANE", "127.0.0.1/" + endpoint.port()));
    }
}
