package dev.databasetraffic.mesh.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.mesh.admission.AdmissionControl;
import dev.databasetraffic.mesh.admission.Refusal;
import dev.databasetraffic.mesh.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The model says of every file of the corpus what a real istiod and a real Envoy were recorded to do. */
class CorpusTests {

    private static final Path RESOURCES = Path.of("src/test/resources");
    private static final Path CORPUS = RESOURCES.resolve("corpus");

    /** What the model does not say, and why. */
    private static final Map<String, String> GAPS = Map.ofEntries(
            Map.entry(
                    "sidecars/bind-unix-socket.yaml",
                    "whether a pod's file system takes a socket is not in the manifests"),
            Map.entry(
                    "gateway-api/tlsroute-on-egress-gateway.yaml",
                    "Gateways of the Gateway API are not read, waypoints apart"));

    /** The Services of {@code fresh-cluster.yaml}. */
    private static final List<String> FRESH_CLUSTER = List.of("|kubernetes.default.", "|istiod");

    /** Envoy's word for a listener whose certificate is yet to come: taken, and not used yet. */
    private static final String WAITS = "waits for what it needs";

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> theModelAgreesWithIstiod() throws IOException {
        return records().stream()
                .filter(file -> !GAPS.containsKey(CORPUS.relativize(file).toString()))
                .map(file -> DynamicTest.dynamicTest(CORPUS.relativize(file).toString(), () -> compare(file)));
    }

    @Test
    void thereAreEnoughRecordsToSpeakOf() throws IOException {
        assertThat(records()).hasSizeGreaterThan(200);
    }

    private static void compare(Path file) throws Exception {
        JsonNode record = JSON.readTree(Files.readString(recordOf(file)));
        List<Manifest> manifests = Manifest.read(file);
        List<Refusal> refusals = AdmissionControl.of(manifests);
        assertThat(refusals.stream()
                        .map(refusal -> refusal.manifest().name())
                        .distinct()
                        .count())
                .as("refused: %s, and here %s", record.path("refused"), refusals)
                .isEqualTo(record.path("refused").size());
        manifests = manifests.stream()
                .filter(manifest -> refusals.stream().noneMatch(refusal -> refusal.manifest() == manifest))
                .toList();
        for (Map.Entry<String, JsonNode> asked : record.path("proxies").properties()) {
            if (asked.getKey().startsWith("waypoint")) {
                compareWaypoint(asked.getKey(), asked.getValue(), manifests, CorpusQuestion.options(file));
            } else {
                compare(asked.getKey(), asked.getValue(), manifests, CorpusQuestion.options(file));
            }
        }
    }

    private static void compare(String asker, JsonNode record, List<Manifest> manifests, MeshOptions options)
            throws Exception {
        Map<String, String> before = ProxyLines.of(ask(List.of(), MeshOptions.DEFAULTS, asker));
        ProxyConfiguration proxy = ask(manifests, options, asker);
        Map<String, String> here = new TreeMap<>(ProxyLines.of(proxy));
        Map<String, String> there = new TreeMap<>(ProxyLines.of(record));
        // Envoy is left with what it had of a listener that it does not use; records leave out what the cluster has
        // itself.
        record.path("rejected").fieldNames().forEachRemaining(listener -> here.remove("listener " + listener));
        here.keySet()
                .removeIf(name ->
                        before.containsKey(name) || FRESH_CLUSTER.stream().anyMatch(name::contains));
        there.keySet().removeAll(before.keySet());
        boolean refused = record.path("rejected").properties().stream()
                .anyMatch(listener -> !listener.getValue().asText().equals(WAITS));
        assertThat(lines(here)).as(asker).isEqualTo(lines(there));
        assertThat(proxy.refusals().isEmpty())
                .as("Envoy takes all of it: %s, and here %s", record.path("rejected"), proxy.refusals())
                .isEqualTo(!refused);
    }

    private static String lines(Map<String, String> answer) {
        return answer.entrySet().stream()
                .map(entry -> entry.getKey() + " = " + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private static ProxyConfiguration ask(List<Manifest> manifests, MeshOptions options, String asker)
            throws Exception {
        MeshModel model = model(manifests, options);
        Workload workload = CorpusQuestion.workload(asker);
        return asker.startsWith("gateway") ? model.gateway(workload) : model.sidecar(workload);
    }

    private static void compareWaypoint(String asker, JsonNode record, List<Manifest> manifests, MeshOptions options)
            throws Exception {
        WaypointConfiguration waypoint = model(manifests, options).waypoint(CorpusQuestion.waypoint(asker));

        assertThat(lines(ProxyLines.of(waypoint))).as(asker).isEqualTo(lines(ProxyLines.of(record)));
    }

    private static MeshModel model(List<Manifest> manifests, MeshOptions options) throws Exception {
        List<Manifest> all = new ArrayList<>(Manifest.read(RESOURCES.resolve("fresh-cluster.yaml")));
        all.addAll(manifests);
        return MeshModel.of(all, options);
    }

    private static List<Path> records() throws IOException {
        try (Stream<Path> files = Files.walk(CORPUS)) {
            return files.filter(file -> file.toString().endsWith(".yaml") && Files.exists(recordOf(file)))
                    .sorted()
                    .toList();
        }
    }

    private static Path recordOf(Path file) {
        return file.resolveSibling(file.getFileName().toString().replace(".yaml", ".json"));
    }
}
