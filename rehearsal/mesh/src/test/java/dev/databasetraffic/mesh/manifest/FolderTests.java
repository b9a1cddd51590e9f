package dev.databasetraffic.mesh.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTests {

    private static final String ENTRY = """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: search, namespace: shop}
            spec:
              hosts: [api.search.example]
              ports:
                - number: 443
                  name: tcp
                  protocol: TCP
            """;

    @TempDir
    Path folder;

    @Test
    void whatIsNoManifestIsNamedAndTheRestIsRead() throws Exception {
        write("search.yaml", ENTRY);
        write("patch.json", "[{\"op\": \"remove\", \"path\": \"/spec\"}]");
        write("docker-compose.yml", "services: {web: {image: nginx}}\n");
        write("ci.yml", "on: push\njobs: {build: {runs-on: ubuntu-latest}}\n");
        write("values.yaml", "replicas: 3\n");
        write("package.json", "{\"name\": \"x\", \"kind\": \"module\"}");
        write("service.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n");
        write("quoted.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: '{{ include \"x\" . }}'}\n");
        write("list.yaml", "- a\n- b\n");
        write("note.yaml", "just words\n");
        write("broken.yaml", "a: [\n");
        write("mixed.yaml", "a: 1\n---\n" + ENTRY.replace("search,", "other,"));
        write("notes.txt", "a: [\n");
        write("README.md", "# Read me\n");
        Files.createDirectory(folder.resolve("below.yaml"));
        Files.createSymbolicLink(folder.resolve("dangling.yaml"), folder.resolve("nowhere.yaml"));

        Reading reading = read(false);

        assertThat(reading.orThrow()).extracting(Manifest::name).containsExactly("other", "search");
        assertThat(reading.skipped())
                .extracting(Skipped::toString)
                .allSatisfy(line -> assertThat(line).startsWith(folder + "/"))
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).contains("patch.json:1: not checked; is a JSON patch"),
                        one -> assertThat(one)
                                .contains("docker-compose.yml:1: not checked; is a file of docker-compose"),
                        one -> assertThat(one).contains("ci.yml:1: not checked; is a CI workflow"),
                        one -> assertThat(one).contains("values.yaml:1: not checked; is the values of a Helm chart"),
                        one -> assertThat(one).contains("package.json:1: not checked; is a file with neither"),
                        one -> assertThat(one).contains("service.yaml:4: not checked; is a Helm template"),
                        one -> assertThat(one).contains("quoted.yaml:1: not checked; is a Helm template"),
                        one -> assertThat(one).contains("list.yaml:1: not checked; is a list"),
                        one -> assertThat(one).contains("note.yaml:1: not checked; is a single text"),
                        one -> assertThat(one).contains("broken.yaml:2: not checked; is a text that cannot be read"),
                        one -> assertThat(one).contains("mixed.yaml:1: not checked; is a file with neither"),
                        one -> assertThat(one)
                                .contains("dangling.yaml: not checked; is a link to a file that is not there"));
    }

    @Test
    void bracesThatOthersReadMakeNoTemplateOfWhatLiesBesideThem() throws Exception {
        write("search.yaml", ENTRY + """
                ---
                apiVersion: monitoring.coreos.com/v1
                kind: PrometheusRule
                metadata: {name: alerts, namespace: shop}
                spec: {groups: [{name: a, rules: [{alert: Down, annotations: {text: '{{ $labels.pod }} is down'}}]}]}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: alertmanager, namespace: shop}
                data: {text: '{{ range .Alerts }}{{ .Labels.pod }}{{ end }}'}
                """);

        assertThat(read(false).orThrow())
                .extracting(Manifest::name)
                .containsExactly("search", "alerts", "alertmanager");
    }

    @Test
    void aManifestThatIsBrokenIsAProblemAndTheRestIsRead() throws Exception {
        write("search.yaml", ENTRY);
        write("twice.yaml", ENTRY + "spec: {}\n");
        write("nameless.yaml", "kind: Service\nspec: {}\n");
        Files.write(folder.resolve("latin.yaml"), (ENTRY + "# für\n").getBytes(StandardCharsets.ISO_8859_1));

        Reading reading = read(false);

        assertThat(reading.manifests()).hasSize(1);
        assertThat(reading.skipped()).isEmpty();
        assertThat(reading.problems())
                .extracting(Throwable::getMessage)
                .satisfiesExactly(
                        one -> assertThat(one).contains("latin.yaml:10: is not UTF-8"),
                        one -> assertThat(one).contains("nameless.yaml:1: ").contains("apiVersion is missing"),
                        one -> assertThat(one).contains("twice.yaml:10: spec stands here a second time, after line 4"));
    }

    @Test
    void aFolderWithoutAManifestIsAProblem() throws Exception {
        write("values.yaml", "replicas: 3\n");

        assertThat(read(false).problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem).hasMessageContaining("with a manifest lies directly in this folder"));
    }

    @Test
    void foldersBelowAreReadOnRequestAndLinksRoundInCirclesAreNot() throws Exception {
        Path below = Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(below.resolve("deep.yml"), ENTRY);
        Files.createSymbolicLink(below.resolve("up"), folder);
        Path link = Files.createSymbolicLink(folder.resolve("linked.yaml"), below.resolve("deep.yml"));

        assertThat(read(false).orThrow()).extracting(Manifest::file).containsExactly(link);
        Reading all = read(true);
        assertThat(all.orThrow()).extracting(Manifest::file).containsExactly(link, below.resolve("deep.yml"));
        assertThat(all.skipped())
                .singleElement()
                .satisfies(skipped -> assertThat(skipped.what()).startsWith("a link to a folder"));
    }

    @Test
    void aFolderOfKustomizeIsReadAsItIsRendered() throws Exception {
        assumeThat(Tool.run(List.of("kubectl", "version", "--client"))).isPresent();
        kustomizeFolder();
        write("stray.yaml", ENTRY);

        Reading reading = read(false);

        Manifest rendered = reading.orThrow().get(0);
        assertThat(reading.manifests()).hasSize(1);
        assertThat(rendered.tree().at("/spec/ports/0/protocol").asText()).isEqualTo("TLS");
        assertThat(rendered.tree().at("/spec/location").asText()).isEqualTo("MESH_EXTERNAL");
        assertThat(rendered.file()).isEqualTo(folder.resolve("search.yaml"));
        assertThat(rendered.line("spec", "ports", 0, "protocol")).isEqualTo(9);
        assertThat(reading.skipped()).extracting(Skipped::file).containsExactly(folder.resolve("stray.yaml"));
        assertThat(reading.rendered()).containsExactly(folder + ": read as kubectl kustomize renders it");
    }

    @Test
    void aFolderThatKustomizeCannotRenderIsReadAsItStandsWithoutItsPatches() throws Exception {
        kustomizeFolder();
        write("location.yaml", Files.readString(folder.resolve("location.yaml")).replace("search", "nobody"));

        Reading reading = read(false);

        assertThat(reading.manifests()).extracting(Manifest::file).containsExactly(folder.resolve("search.yaml"));
        assertThat(reading.skipped())
                .extracting(skipped -> folder.relativize(skipped.file()).toString())
                .containsExactlyInAnyOrder("kustomization.yaml", "location.yaml", "patch.yaml");
    }

    @Test
    void aKustomizationThatIsBrokenIsAProblemAndTheRestIsRead() throws Exception {
        write("search.yaml", ENTRY);
        write("kustomization.yaml", "resources: [search.yaml]\nresources: []\n");

        Reading reading = read(false);

        assertThat(reading.manifests()).hasSize(1);
        assertThat(reading.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .hasMessageContaining("kustomization.yaml:2: resources stands here a second time"));
    }

    @Test
    void aBaseIsReadOnceAsPartOfItsOverlay() throws Exception {
        assumeThat(Tool.run(List.of("kubectl", "version", "--client"))).isPresent();
        Path base = Files.createDirectory(folder.resolve("base"));
        Path overlay = Files.createDirectory(folder.resolve("overlay"));
        Files.writeString(base.resolve("search.yaml"), ENTRY);
        Files.writeString(base.resolve("kustomization.yaml"), "resources: [search.yaml]\n");
        Files.writeString(overlay.resolve("kustomization.yaml"), "resources: [../base]\nnamespace: other\n");

        Reading reading = read(true);

        assertThat(reading.orThrow()).extracting(Manifest::namespace).containsExactly("other");
        assertThat(reading.manifests().get(0).file()).isEqualTo(base.resolve("search.yaml"));
    }

    @Test
    void aChartIsNamedWithTheWayToRenderItWhereHelmIsMissing() throws Exception {
        assumeThat(Tool.run(List.of("helm", "version"))).isEmpty();
        write("search.yaml", ENTRY);
        Path chart = Files.createDirectory(folder.resolve("chart"));
        Files.createDirectory(chart.resolve("templates"));
        Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: shop\nversion: 1.0.0\n");
        Files.writeString(chart.resolve("templates/a.yaml"), "apiVersion: v1\nkind: {{ .Values.kind }}\n");

        Reading reading = read(true);

        assertThat(reading.orThrow()).hasSize(1);
        assertThat(reading.skipped())
                .singleElement()
                .satisfies(skipped -> assertThat(skipped)
                        .hasToString(chart
                                + "/Chart.yaml: not checked; is a Helm chart, and helm is not installed here; render it"
                                + " with helm template " + chart + ", and check what that prints (check -)"));
    }

    private void kustomizeFolder() throws IOException {
        write("search.yaml", ENTRY);
        write("patch.yaml", "- {op: replace, path: /spec/ports/0/protocol, value: TLS}\n");
        write("location.yaml", """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata: {name: search, namespace: shop}
                spec: {location: MESH_EXTERNAL}
                """);
        write("kustomization.yaml", """
                resources: [search.yaml]
                patches:
                  - {path: patch.yaml, target: {kind: ServiceEntry}}
                  - path: location.yaml
                """);
    }

    private Reading read(boolean recursive) {
        return new ManifestReader(recursive, "default").read(List.of(folder));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
