package dev.databasetraffic.mesh.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.MeshOptions.OutboundTraffic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterReaderTests {

    private static final String RULES = "/apis/networking.istio.io/v1/virtualservices";
    private static final String RULE = """
            {"apiVersion": "networking.istio.io/v1", "kind": "VirtualService",
             "metadata": {"namespace": "shop", "name": "NAME", "managedFields": [{"manager": "kubectl"}],
                          "creationTimestamp": "2026-01-01T00:00:00Z"},
             "spec": {"tls": [], "hosts": ["db.example.com"], "exportTo": ["."]}}""";

    private final FakeApiServer server = new FakeApiServer();

    @TempDir
    private Path folder;

    ClusterReaderTests() throws IOException {}

    @BeforeEach
    void connect() throws IOException {
        System.setProperty("kubeconfig", server.kubeconfig(folder).toString());
    }

    @AfterEach
    void disconnect() {
        System.clearProperty("kubeconfig");
        server.close();
    }

    private LiveMesh read(String... namespaces) throws ClusterException {
        return ClusterReader.read(Set.of(namespaces), "istio-system");
    }

    @Test
    void everyPageIsReadAndNothingIsWritten() throws Exception {
        server.answer(
                RULES,
                "{\"metadata\": {\"continue\": \"a/b=\"}, \"items\": [%s]}".formatted(RULE.replace("NAME", "one")));
        server.answer(RULES + "&continue=a%2Fb%3D", "{\"items\": [%s]}".formatted(RULE.replace("NAME", "two")));

        LiveMesh mesh = read();

        assertThat(mesh.manifests()).extracting(Manifest::name).containsExactly("one", "two");
        assertThat(mesh.gaps()).isEmpty();
        assertThat(server.requests()).allMatch(request -> request.startsWith("GET "));
    }

    @Test
    void linesAreThoseThatKubectlPrints() throws Exception {
        server.answer(RULES, "{\"items\": [%s]}".formatted(RULE.replace("NAME", "one")));

        Manifest rule = read().manifests().get(0);

        assertThat(rule.file()).isEqualTo(Path.of("cluster/shop/virtualservices/one.yaml"));
        // apiVersion, kind, metadata with three members, spec, exportTo with one item, hosts.
        assertThat(rule.line("spec", "hosts", 0)).isEqualTo(11);
        assertThat(rule.tree().at("/metadata/managedFields").isMissingNode()).isTrue();
    }

    @Test
    void kindsThatListsLeaveOutAreFilledInAndPodsOfADeploymentLeftOut() throws Exception {
        server.answer("/apis/apps/v1/deployments", """
                {"items": [{"metadata": {"namespace": "shop", "name": "shop"}}]}""");
        server.answer("/api/v1/pods", """
                {"items": [
                  {"metadata": {"namespace": "shop", "name": "shop-1", "ownerReferences": [{"kind": "ReplicaSet"}]}},
                  {"metadata": {"namespace": "shop", "name": "bare"}}]}""");

        assertThat(read().manifests())
                .extracting(manifest -> manifest.apiVersion() + " " + manifest)
                .containsExactly("apps/v1 Deployment shop/shop", "v1 Pod shop/bare");
    }

    @Test
    void meshConfigurationIsTheClusters() throws Exception {
        assertThat(Objects.requireNonNull(read().config()).options().outboundTraffic())
                .isEqualTo(OutboundTraffic.REGISTRY_ONLY);

        server.status("/api/v1/namespaces/istio-system/configmaps/istio", 404, "not found");
        LiveMesh without = read();
        assertThat(without.config()).isNull();
        assertThat(without.gaps())
                .anySatisfy(gap -> assertThat(gap).startsWith("There is no ConfigMap istio-system/istio; cannot tell"));
    }

    @Test
    void whatTheUserMayNotListIsReadInTheNamespacesAtHandAndNamed() throws Exception {
        server.status(RULES, 403, "forbidden");
        server.answer(
                "/apis/networking.istio.io/v1/namespaces/shop/virtualservices",
                "{\"items\": [%s]}".formatted(RULE.replace("NAME", "one")));
        server.status("/apis/networking.istio.io/v1/namespaces/other/virtualservices", 403, "forbidden");
        server.status("/api/v1/services", 403, "forbidden");
        server.status("/api/v1/namespaces/shop/services", 403, "forbidden");
        server.status("/api/v1/namespaces/other/services", 403, "forbidden");
        server.status("/api/v1/namespaces/istio-system/configmaps/istio", 403, "forbidden");

        LiveMesh mesh = read("shop", "other");

        assertThat(mesh.manifests()).extracting(Manifest::name).containsExactly("one");
        assertThat(mesh.gaps())
                .contains(
                        "Cannot list virtualservices in all namespaces (forbidden); read in shop alone, and cannot tell"
                                + " what those elsewhere do.",
                        "Cannot list services in all namespaces (forbidden); cannot tell what they do.",
                        "Cannot read ConfigMap istio-system/istio (forbidden); cannot tell how the mesh is configured,"
                                + " and took Istio's defaults.");
    }

    @Test
    void labelsOfNamespacesAreReadAsFarAsTheUserMay() throws Exception {
        server.answer("/api/v1/namespaces", """
                {"items": [{"metadata": {"name": "shop", "labels": {"istio.io/use-waypoint": "way"}}}]}""");

        Manifest namespace = read().manifests().get(0);

        assertThat(namespace).hasToString("Namespace shop");
        assertThat(namespace.file()).isEqualTo(Path.of("cluster/namespaces/shop.yaml"));
        assertThat(namespace.labels()).containsEntry("istio.io/use-waypoint", "way");

        server.status("/api/v1/namespaces", 403, "forbidden");
        LiveMesh without = read("shop");
        assertThat(without.manifests()).isEmpty();
        assertThat(without.gaps())
                .containsExactly(
                        "Cannot list namespaces (forbidden); cannot tell which waypoints their labels choose.");
    }

    @Test
    void clusterWithoutIstioSaysSo() throws Exception {
        server.status("/apis/networking.istio.io", 404, "not found");

        assertThat(read().gaps())
                .contains("The cluster has no resources of networking.istio.io: Istio is not installed there.");
    }

    @Test
    void unknownUserAndBrokenServerAreNoEmptyMesh() {
        server.status("/api/v1/services", 401, "Unauthorized");
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(this::read)
                .withMessageStartingWith("No mesh can be read from the cluster at http://127.0.0.1:" + server.port())
                .withMessageContaining("Unauthorized");

        server.status("/api/v1/services", 500, "etcd is gone");
        assertThatExceptionOfType(ClusterException.class).isThrownBy(this::read).withMessageContaining("etcd is gone");

        server.answer("/api/v1/services", "<html>a proxy</html>");
        assertThatExceptionOfType(ClusterException.class)
                .isThrownBy(this::read)
                .withMessageContaining("something else than JSON");
    }
}
