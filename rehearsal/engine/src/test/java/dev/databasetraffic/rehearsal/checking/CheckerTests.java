package dev.databasetraffic.rehearsal.checking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.mesh.check.Explanation;
import dev.databasetraffic.mesh.check.Trap;
import dev.databasetraffic.mesh.cluster.LiveMesh;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.Reading;
import dev.databasetraffic.rehearsal.checking.CheckReport.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckerTests {

    private static final String OTHERS_TRAP = SampleReports.example(Trap.NO_ENDPOINTS)
            .replace("name: db,", "name: theirs,")
            .replace("db.example.com", "theirs.example.com");
    private static final String OUTAGE = SampleReports.example(Trap.MESH_WIDE_DIVERSION);
    private static final String CLEAN_OUTAGE =
            Trap.MESH_WIDE_DIVERSION.explanation().mended();

    private final List<Manifest> cluster = new ArrayList<>();

    private CheckReport check(String files, boolean everyone) throws Exception {
        Reading reading = new Reading(
                files.isEmpty() ? List.of() : SampleReports.manifests("file.yaml", files),
                List.of(),
                List.of(),
                List.of());
        return new Checker(
                        reading,
                        (namespaces, root) -> new LiveMesh(List.copyOf(cluster), null, List.of("Cannot tell.")),
                        SampleReports.SETTINGS,
                        Selection.ALL,
                        everyone)
                .check();
    }

    @Test
    void clusterAloneIsToldInFull() throws Exception {
        cluster.addAll(SampleReports.surroundings());
        cluster.addAll(SampleReports.manifests("cluster/theirs.yaml", OTHERS_TRAP));

        CheckReport report = check("", false);

        assertThat(report.findings()).extracting(Result::id).containsExactly("no-endpoints");
        assertThat(report.resources()).hasSize(3);
        assertThat(report.cannotTell()).containsExactly("Cannot tell.");
        assertThat(report.fails(FailOn.TRAP)).isTrue();
        assertThat(report.fails(FailOn.NEVER)).isFalse();
    }

    @Test
    void ofFilesLaidOverItOnlyWhatConcernsThemIsToldUnlessAllIsAsked() throws Exception {
        cluster.addAll(SampleReports.surroundings());
        cluster.addAll(SampleReports.manifests("cluster/theirs.yaml", OTHERS_TRAP));

        assertThat(check(OUTAGE, false).findings()).extracting(Result::id).containsExactly("mesh-wide-diversion");
        assertThat(check(OUTAGE, false).resources()).hasSize(1);
        assertThat(check(CLEAN_OUTAGE, false).findings()).isEmpty();
        assertThat(check(CLEAN_OUTAGE, true).findings()).extracting(Result::id).containsExactly("no-endpoints");
    }

    @Test
    void meshConfigurationAmongTheFilesHolds() throws Exception {
        String rule = """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: outage, namespace: orders}
                spec:
                  hosts: [db.example.com]
                  exportTo: ["."]
                  tls:
                    - match: [{port: 443, sniHosts: [db.example.com]}]
                      route: [{destination: {host: sink.shop.svc.cluster.local, port: {number: 80}}}]
                """;
        String configuration = """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: istio, namespace: istio-system}
                data: {mesh: "defaultServiceExportTo: [.]"}
                """;

        assertThat(selected(Explanation.SURROUNDINGS + "---\n" + rule, Selection.ALL))
                .isEmpty();
        assertThat(selected(Explanation.SURROUNDINGS + "---\n" + rule + "---\n" + configuration, Selection.ALL))
                .containsExactly("not-visible");
    }

    @Test
    void whatFilesDoToOthersIsTold() throws Exception {
        cluster.addAll(SampleReports.surroundings());
        cluster.addAll(SampleReports.manifests("cluster/outage.yaml", CLEAN_OUTAGE));
        assertThat(check("", false).findings()).isEmpty();

        // The host's port is TCP now, and the cluster's own rule for TLS loses its way.
        CheckReport report = check(SampleReports.example(Trap.MISNAMED_TLS), false);

        assertThat(report.findings())
                .extracting(result -> result.file() + " " + result.id())
                .contains("cluster/outage.yaml ignored-route", "file.yaml misnamed-tls");
    }

    @Test
    void replacedObjectIsNoSecondOneAndKeepsItsAge() throws Exception {
        cluster.addAll(SampleReports.surroundings());
        cluster.addAll(SampleReports.manifests("cluster/first.yaml", created(CLEAN_OUTAGE, "2026-01-01T00:00:00Z")));
        String second = CLEAN_OUTAGE.replace("name: outage", "name: second").replace("port: 443, ", "");

        // The file's outage is the older one of the two still, so that the finding is at the other.
        cluster.addAll(SampleReports.manifests("cluster/second.yaml", created(second, "2026-02-01T00:00:00Z")));
        CheckReport report = check(CLEAN_OUTAGE, true);

        assertThat(report.findings())
                .extracting(result -> result.file() + " " + result.id())
                .containsExactly("cluster/second.yaml shared-server-name");
    }

    @Test
    void refusedFileLeavesTheClustersObjectInForce() throws Exception {
        cluster.addAll(SampleReports.surroundings());
        cluster.addAll(SampleReports.manifests("cluster/outage.yaml", OUTAGE));

        CheckReport report = check(SampleReports.example(Trap.REFUSED), true);

        assertThat(report.findings())
                .extracting(result -> result.file() + " " + result.id())
                .containsExactly("cluster/outage.yaml mesh-wide-diversion", "file.yaml refused");
    }

    @Test
    void settingsOfTheCommandLineGoBeforeThoseOfTheCluster() throws Exception {
        cluster.addAll(SampleReports.surroundings());
        List<String> roots = new ArrayList<>();
        new Checker(
                        new Reading(List.of(), List.of(), List.of(), List.of()),
                        (namespaces, root) -> {
                            roots.add(root + namespaces);
                            return new LiveMesh(List.of(), null, List.of());
                        },
                        new MeshSettings("shop", null, null, "mesh-root"),
                        Selection.ALL,
                        false)
                .check();

        assertThat(roots).containsExactly("mesh-root[shop]");
    }

    @Test
    void onlyWhatIsSelectedIsToldAndAnAnnotationForTheRestIsNotIdle() throws Exception {
        cluster.addAll(SampleReports.surroundings());
        String allowed = OUTAGE.replace(
                "namespace: shop}",
                "namespace: shop, annotations: {rehearse.databasetraffic.dev/allow: mesh-wide-diversion}}");

        assertThat(selected(allowed, new Selection(Set.of(Trap.UNUSED_ALLOWANCE), Set.of())))
                .isEmpty();
        assertThat(selected(OUTAGE, new Selection(Set.of(), Set.of(Trap.MESH_WIDE_DIVERSION))))
                .isEmpty();
        assertThat(selected(OUTAGE, new Selection(Set.of(Trap.MESH_WIDE_DIVERSION), Set.of())))
                .containsExactly("mesh-wide-diversion");
    }

    private List<String> selected(String files, Selection selection) throws Exception {
        List<Manifest> manifests = new ArrayList<>(cluster);
        manifests.addAll(SampleReports.manifests("file.yaml", files));
        return new Checker(
                        new Reading(manifests, List.of(), List.of(), List.of()),
                        null,
                        SampleReports.SETTINGS,
                        selection,
                        false)
                .check().findings().stream().map(Result::id).toList();
    }

    private static String created(String manifest, String when) {
        return manifest.replace("namespace: shop}", "namespace: shop, creationTimestamp: \"" + when + "\"}");
    }
}
