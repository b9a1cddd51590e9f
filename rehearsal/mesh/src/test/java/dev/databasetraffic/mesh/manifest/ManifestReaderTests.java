package dev.databasetraffic.mesh.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTests {

    private static final String ENTRY = """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: search, namespace: shop, labels: {app: search}}
            spec:
              hosts:
                - api.search.example
              ports:
                - {number: 443, name: tls, protocol: TLS}
            """;

    @TempDir
    Path folder;

    @Test
    void everyResourceOfAFileIsReadWithItsLines() throws Exception {
        Reading reading = read("two.yaml", "---\n# nothing\n---\n" + ENTRY + "---\n" + ENTRY + "---\n");

        assertThat(reading.orThrow()).hasSize(2);
        Manifest first = reading.manifests().get(0);
        assertThat(first.toString()).isEqualTo("ServiceEntry shop/search");
        assertThat(first.labels()).containsEntry("app", "search");
        assertThat(first.line()).isEqualTo(4);
        assertThat(first.line("spec", "hosts", 0)).isEqualTo(9);
        assertThat(first.line("spec", "ports", 0, "name")).isEqualTo(11);
        assertThat(first.line("spec", "ports", 7, "name")).isEqualTo(10);
        assertThat(reading.manifests().get(1).line()).isEqualTo(13);
    }

    /** To work out its value would take the square of its length: minutes. */
    @Test
    @Timeout(30)
    void aNumberOfMillionsOfDigitsIsRead() throws Exception {
        String number = "9".repeat(3_000_000);

        assertThat(read(
                                "long.yaml",
                                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, annotations: {x: " + number
                                        + "}}}")
                        .manifests())
                .hasSize(1);
    }

    @Test
    void whatLivesInNoNamespaceGetsTheOneThatWasGiven() throws Exception {
        Path file = write("config.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}");

        Manifest read =
                new ManifestReader(false, "shop").read(List.of(file)).orThrow().get(0);

        assertThat(read.namespace()).isEqualTo("shop");
    }

    @Test
    void aListIsReadAsWhatItHoldsHoweverDeepAndInBothSyntaxes() throws Exception {
        String item = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\"}}";
        String list = """
                {
                \t"apiVersion": "v1",
                \t"kind": "List",
                \t"items": [
                \t\t%s,
                \t\t{"apiVersion": "v1", "kind": "List", "items": [%s, %s]},
                \t\t{"apiVersion": "v1", "kind": "ConfigMapList", "items": [
                \t\t\t{"metadata": {"name": "typed"}}
                \t\t]},
                \t\t{"apiVersion": "v1", "kind": "List", "items": []}
                \t]
                }""".formatted(item.formatted("a"), item.formatted("b"), item.formatted("c"));

        List<Manifest> fromJson = read("list.json", list).orThrow();
        List<Manifest> fromYaml = read("list.yaml", list.replace("\t", "  ")).orThrow();

        for (List<Manifest> manifests : List.of(fromJson, fromYaml)) {
            assertThat(manifests).extracting(Manifest::name).containsExactly("a", "b", "c", "typed");
            assertThat(manifests).extracting(Manifest::kind).containsOnly("ConfigMap");
            assertThat(manifests).extracting(Manifest::line).containsExactly(5, 6, 6, 8);
        }
    }

    @Test
    void standardInputAndByteOrderMarksAndWindowsLineEndsAreRead() throws Exception {
        String text = "\uFEFF" + ENTRY.replace("\n", "\r\n");

        Reading reading = new ManifestReader()
                .read(ManifestReader.STANDARD_INPUT, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));

        assertThat(reading.orThrow().get(0).line("spec", "ports")).isEqualTo(7);
        assertThat(reading.manifests().get(0).file()).hasToString("standard input");
    }

    @Test
    void anchorsAliasesAndMergedMembersAreWhatTheyRepeat() throws Exception {
        Manifest read = read("aliases.yaml", """
                        apiVersion: v1
                        kind: ConfigMap
                        metadata: &m
                          name: a
                        base: &b {x: 1, y1: 2}
                        other: &c {x: 3, z: 4}
                        merged: {x: 0, <<: [*b, *c], z: 5}
                        again: *m
                        """).orThrow().get(0);

        assertThat(read.tree().path("merged").toString()).isEqualTo("{\"x\":1,\"z\":5,\"y1\":2}");
        assertThat(read.tree().path("again").path("name").asText()).isEqualTo("a");
        assertThat(read.line("again", "name")).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            on           | true
            Yes          | true
            yEs          | "yEs"
            y            | true
            OFF          | false
            N            | false
            ~            | null
            Null         | null
            nUll         | "nUll"
            0777         | 511
            0o17         | 15
            08           | 8
            0x1F         | 31
            -0b11        | -3
            1_000        | 1000
            4.43e2       | 443
            443.0        | 443
            .5           | 0.5
            1.           | 1
            1e400        | "1e400"
            18446744073709551615 | 18446744073709551615
            12:30:45     | "12:30:45"
            2025-01-01   | "2025-01-01"
            2025-01-01T00:00:00Z | "2025-01-01T00:00:00Z"
            1.2.3.4      | "1.2.3.4"
            +.5          | 0.5
            -            | null
            "on"         | "on"
            '443'        | "443"
            !!str 443    | "443"
            !!int "443"  | 443
            !!binary aGk= | "hi"
            10.0.0.0/8   | "10.0.0.0/8"
            """)
    void unquotedTextMeansWhatItMeansToKubectl(String yaml, String json) throws Exception {
        String text = yaml.equals("-") ? "~" : yaml;
        Manifest read = read("scalar.yaml", "apiVersion: v1\nkind: A\nvalue: [" + text + "]\n")
                .orThrow()
                .get(0);

        assertThat(read.tree().at("/value/0").toString()).isEqualTo(json);
    }

    @Test
    void aMemberThatIsNullIsNotThereButItsLineIs() throws Exception {
        Manifest read = read("null.yaml", "apiVersion: v1\nkind: A\na: {b:\n, c: ~,\nd: [null]}\n")
                .orThrow()
                .get(0);

        assertThat(read.tree().path("a").toString()).isEqualTo("{\"d\":[null]}");
        assertThat(read.line("a", "c")).isEqualTo(4);
    }

    @Test
    void namesOfMembersAreTextWhateverTheyLookLike() throws Exception {
        Manifest read = read("names.yaml", "apiVersion: v1\nkind: A\ndata: {80: a, on: b, 1.5: c}\n")
                .orThrow()
                .get(0);

        assertThat(read.tree().path("data").toString()).isEqualTo("{\"80\":\"a\",\"true\":\"b\",\"1.5\":\"c\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a: 1\\na: 2                    | 4 | a stands here a second time, after line 3
            on: 1\\ntrue: 2                | 4 | true stands here a second time
            a: {b: 1, c: [{d: 1, d: 2}]}   | 3 | d stands here a second time
            a: *.example.com               | 3 | quote it
            a: [*, b]                      | 3 | quote it
            a: *nobody                     | 3 | *nobody repeats what is marked &nobody
            a: &a\\n  b: *a                | 4 | the alias *a stands inside of what it repeats
            a: &a [*a]                     | 3 | the alias *a stands inside of what it repeats
            a:\\n\\tb: 1                   | 4 | a tab stands here
            a: @b                          | 3 | cannot begin with @
            a: `b                          | 3 | cannot begin with `
            a: b: c                        | 3 | a second ": " on this line
            a: "b                          | 4 | ends inside of a quote
            a: [b                          | 4 | ends inside of a quote
            a: .inf                        | 3 | a number that JSON cannot hold
            {b: 1}: c                      | 3 | a list or mapping stands there
            ? [b]\\n: c                    | 3 | a list or mapping stands there
            ~: c                           | 3 | and none stands there
            <<: 5                          | 3 | << takes over the members of a mapping
            """)
    void whatIsNotYamlIsRefusedWithItsLineAndAMend(String yaml, int line, String why) throws Exception {
        Reading reading = read(
                "broken.yaml",
                "apiVersion: v1\nkind: A\n" + yaml.replace("\\n", "\n").replace("\\t", "\t") + "\n");

        assertThat(reading.manifests()).isEmpty();
        assertThat(reading.problems()).singleElement().satisfies(problem -> {
            assertThat(problem)
                    .hasMessageContaining(why)
                    .hasMessageStartingWith(folder + "/broken.yaml:" + line + ": ");
            assertThat(problem.line()).isEqualTo(line);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"apiVersion": "v1", "kind": "A",\\n"a": 1,\\n"a": 2} | 3 | a stands here a second time, after line 2
            {"apiVersion": "v1", "kind": "A",\\n"a": }            | 2 | is not JSON
            {"apiVersion": "v1", "kind": "A"                      | 1 | is not JSON
            [{"op": "replace", "path": "/spec"}]                  | 1 | but a JSON patch
            `"text"`                                              | 1 | is not a Kubernetes manifest but a single text
            {"apiVersion": "v1"}                                  | 1 | neither apiVersion nor kind
            {"apiVersion": "v1", "spec": {}}                      | 1 | because kind is missing
            {"kind": "Service", "metadata": {}}                   | 1 | because apiVersion is missing
            {"apiVersion": 1, "kind": "A"}                        | 1 | apiVersion must be a text
            {"apiVersion": "v1", "kind": null, "spec": {}}        | 1 | because kind is missing
            {"apiVersion": "v1", "kind": "List", "items": {}}     | 1 | the items of a List must be a list
            {"apiVersion": "v1", "kind": "List", "items":\\n[null]} | 2 | a resource was expected here
            {"apiVersion": "v1", "kind": "List", "items":\\n["x"]}  | 2 | a resource was expected here
            """)
    void whatIsNoManifestIsRefusedWhereItWasNamed(String json, int line, String why) throws Exception {
        Reading reading = read("broken.json", json.replace("\\n", "\n"));

        assertThat(reading.problems()).singleElement().satisfies(problem -> {
            assertThat(problem).hasMessageContaining(why);
            assertThat(problem.line()).isEqualTo(line);
        });
    }

    @Test
    void textInAnotherEncodingIsCalledThat() throws Exception {
        Path latin =
                Files.write(folder.resolve("latin.yaml"), (ENTRY + "# für\n").getBytes(StandardCharsets.ISO_8859_1));
        Path wide = Files.write(folder.resolve("wide.yaml"), ("\uFEFF" + ENTRY).getBytes(StandardCharsets.UTF_16LE));
        Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {'a', ':', ' ', 0});

        assertThat(new ManifestReader().read(List.of(latin, wide, binary)).problems())
                .extracting(Throwable::getMessage)
                .satisfiesExactly(
                        one -> assertThat(one).contains("latin.yaml:9: is not UTF-8 text: the byte 0xFC"),
                        two -> assertThat(two).contains("wide.yaml:1: is UTF-16 text"),
                        three -> assertThat(three).contains("binary.yaml: is not YAML: it holds the character U+0000"));
    }

    @Test
    void whatIsNotThereOrEmptyOrHugeIsRefused() throws Exception {
        Path huge = folder.resolve("huge.yaml");
        try (var file = Files.newByteChannel(
                huge, java.nio.file.StandardOpenOption.CREATE_NEW, java.nio.file.StandardOpenOption.WRITE)) {
            file.position(40 << 20);
            file.write(java.nio.ByteBuffer.wrap(new byte[] {'\n'}));
        }

        assertThat(new ManifestReader()
                        .read(List.of(folder.resolve("missing.yaml"), write("empty.yaml", "# nothing\n"), huge))
                        .problems())
                .extracting(Throwable::getMessage)
                .satisfiesExactly(
                        one -> assertThat(one).endsWith("missing.yaml: there is no such file"),
                        two -> assertThat(two).endsWith("empty.yaml: holds no manifest"),
                        three -> assertThat(three).endsWith("huge.yaml: is larger than 32 MiB, and so not read"));
    }

    @Test
    void aBombOfAliasesIsRefused() throws Exception {
        StringBuilder bomb = new StringBuilder("apiVersion: v1\nkind: A\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            String before = "*a" + (i - 1);
            bomb.append(
                    "a%d: &a%d [%s]\n".formatted(i, i, String.join(", ", java.util.Collections.nCopies(9, before))));
        }

        assertThat(read("bomb.yaml", bomb.toString()).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).hasMessageContaining("repeat more than 100000 values"));
    }

    @ParameterizedTest
    @CsvSource({"[,]", "'{a: ','}'"})
    void whatIsNestedWithoutEndIsRefused(String open, String close) throws Exception {
        String yaml = "apiVersion: v1\nkind: A\na: " + open.repeat(50_000) + "1" + close.repeat(50_000);
        String json = "{\"a\": " + "[".repeat(50_000) + "]".repeat(50_000) + "}";

        assertThat(read("deep.yaml", yaml).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).hasMessageContaining("more than 200 levels deep"));
        assertThat(read("deep.json", json).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).hasMessageContaining("more than 200 levels deep"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: '{{ .Release.Name }}-config'}}",
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: a, namespace: '{{ .Values.namespace }}'}}",
                "{apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: a},"
                        + " spec: {hosts: ['{{ include \"shop.host\" . }}']}}"
            })
    void aTemplateWhoseBracesAreQuotedIsCalledOneRatherThanARefusedManifest(String manifest) throws Exception {
        Reading reading = new ManifestReader()
                .read(Path.of("a.yaml"), new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)));

        assertThat(reading.manifests()).isEmpty();
        assertThat(reading.problems())
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem).hasMessageContaining("is not a Kubernetes manifest but a Helm"));
    }

    @Test
    void bracesInWhatTheMeshDoesNotReadAreForOthers() throws Exception {
        String rule = "{apiVersion: monitoring.coreos.com/v1, kind: PrometheusRule, metadata: {name: a},"
                + " spec: {text: '{{ $labels.pod }} {{ .Values.a }}'}}";

        assertThat(new ManifestReader()
                        .read(Path.of("a.yaml"), new ByteArrayInputStream(rule.getBytes(StandardCharsets.UTF_8)))
                        .orThrow())
                .hasSize(1);
    }

    @Test
    void aTemplateIsCalledOneRatherThanBrokenYaml() throws Exception {
        assertThat(read("service.yaml", "apiVersion: v1\nkind: Service\n{{- if .Values.on }}\nspec: {}\n{{- end }}\n")
                        .problems())
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem).hasMessageContaining("is not a Kubernetes manifest but a Helm template"));
    }

    private Reading read(String name, String text) throws IOException {
        return new ManifestReader().read(List.of(write(name, text)));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
