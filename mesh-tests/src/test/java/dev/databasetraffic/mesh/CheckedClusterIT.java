package dev.databasetraffic.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.mesh.check.Trap;
import dev.databasetraffic.mesh.cluster.ClusterReader;
import dev.databasetraffic.mesh.manifest.ManifestReader;
import dev.databasetraffic.rehearsal.checking.CheckReport;
import dev.databasetraffic.rehearsal.checking.CheckReport.Result;
import dev.databasetraffic.rehearsal.checking.Checker;
import dev.databasetraffic.rehearsal.checking.MeshSettings;
import dev.databasetraffic.rehearsal.checking.Selection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The checker on the cluster that KUBECONFIG names, by somebody who may see all of it and by somebody who may not. */
@TestInstance(Lifecycle.PER_CLASS)
@EnabledIf(value = "dev.databasetraffic.mesh.ClusterIT#clusterIsThere", disabledReason = ClusterIT.NEED)
class CheckedClusterIT {

    private static final String NAMESPACE = "rehearse-checked";
    private static final MeshSettings SETTINGS = new MeshSettings(NAMESPACE, null, null, null);

    /** A host with nobody behind it, which is a trap of its own, and one that files lay rules over. */
    private static final String HELD = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: rehearse-checked}
            ---
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: empty, namespace: rehearse-checked}
            spec:
              hosts: [empty.example.com]
              exportTo: ["."]
              location: MESH_EXTERNAL
              resolution: STATIC
              ports: [{number: 443, name: tls, protocol: TLS}]
            ---
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: db, namespace: rehearse-checked}
            spec:
              hosts: [db.example.com]
              exportTo: ["."]
              location: MESH_EXTERNAL
              resolution: DNS
              ports: [{number: 443, name: tls, protocol: TLS}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: sink, namespace: rehearse-checked}
            spec: {selector: {app: sink}, ports: [{name: tcp-sink, port: 80}]}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: reader, namespace: rehearse-checked}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: reader, namespace: rehearse-checked}
            rules:
              - {apiGroups: ["", networking.istio.io], resources: ["*"], verbs: [get, list]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: reader, namespace: rehearse-checked}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
            subjects: [{kind: ServiceAccount, name: reader, namespace: rehearse-checked}]
            """;

    private Path folder = Path.of("");
    private Path rule = Path.of("");

    @BeforeAll
    void hold(@TempDir Path temporary) throws Exception {
        folder = temporary;
        Path held = Files.writeString(folder.resolve("held.yaml"), HELD);
        Project.run("kubectl", "apply", "--validate=strict", "-f", held.toString());
        rule = Files.writeString(
                folder.resolve("rule.yaml"),
                Trap.IGNORED_ROUTE
                        .explanation()
                        .example()
                        .replace("namespace: shop", "namespace: " + NAMESPACE)
                        .replace(".shop.", "." + NAMESPACE + "."));
    }

    @AfterAll
    void end() {
        Project.run("kubectl", "delete", "namespace", NAMESPACE);
    }

    @AfterEach
    void beOneself() {
        System.clearProperty("kubeconfig");
    }

    @Test
    void fileLaidOverTheClusterIsToldAloneAndNothingIsWritten() throws Exception {
        String before = versions();

        CheckReport report = check(false, rule);

        assertThat(report.findings()).extracting(Result::id).containsExactly("ignored-route");
        assertThat(report.findings().get(0).why()).contains("cluster/" + NAMESPACE + "/serviceentries/db.yaml:");
        assertThat(report.cannotTell()).isEmpty();
        assertThat(report.remarks()).anySatisfy(remark -> assertThat(remark).contains("rootNamespace"));
        assertThat(versions()).isEqualTo(before);
    }

    @Test
    void clusterAloneIsToldWithTheLinesThatKubectlPrints() throws Exception {
        Result empty = check(false).findings().stream()
                .filter(result -> result.resource().namespace().equals(NAMESPACE))
                .findFirst()
                .orElseThrow();

        assertThat(empty.id()).isEqualTo("no-endpoints");
        List<String> printed = Project.run("kubectl", "-n", NAMESPACE, "get", "serviceentry", "empty", "-o", "yaml")
                .lines()
                .toList();
        assertThat(printed.get(empty.line() - 1)).isEqualTo("  resolution: STATIC");
        assertThat(check(true, rule).findings()).extracting(Result::id).contains("ignored-route", "no-endpoints");
    }

    @Test
    void whatTheUserMayNotSeeIsNamedAndNotTakenForAbsent() throws Exception {
        String token = Project.run("kubectl", "-n", NAMESPACE, "create", "token", "reader")
                .strip();
        Path own = folder.resolve("kubeconfig");
        Files.writeString(own, Project.run("kubectl", "config", "view", "--raw", "--minify", "--flatten"));
        Project.run("kubectl", "--kubeconfig", own.toString(), "config", "set-credentials", "reader", "--token", token);
        Project.run(
                "kubectl", "--kubeconfig", own.toString(), "config", "set-context", "--current", "--user", "reader");
        System.setProperty("kubeconfig", own.toString());

        CheckReport report = check(false, rule);

        assertThat(report.findings()).extracting(Result::id).containsExactly("ignored-route");
        assertThat(report.cannotTell())
                .contains(
                        "Cannot list virtualservices in all namespaces (forbidden); read in " + NAMESPACE
                                + " alone, and cannot tell what those elsewhere do.",
                        "Cannot list deployments in all namespaces (forbidden); cannot tell what they do.",
                        "Cannot read ConfigMap istio-system/istio (forbidden); cannot tell how the mesh is configured,"
                                + " and took Istio's defaults.");
    }

    private static CheckReport check(boolean everyone, Path... files) throws Exception {
        return new Checker(
                        new ManifestReader().read(List.of(files)),
                        ClusterReader::read,
                        SETTINGS,
                        Selection.ALL,
                        everyone)
                .check();
    }

    private static String versions() {
        return Project.run(
                "kubectl",
                "-n",
                NAMESPACE,
                "get",
                "virtualservices,serviceentries,services",
                "-o",
                "jsonpath={range .items[*]}{.kind} {.metadata.name} {.metadata.resourceVersion}{\"\\n\"}{end}");
    }
}
