package dev.databasetraffic.rehearsal.checking;

import static dev.databasetraffic.rehearsal.checking.SampleReports.written;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportFormTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final URI PAGE = URI.create("https://docs.example.com/checks.md");

    @TempDir
    private Path folder;

    private CheckReport report = new CheckReport(
            1,
            new CheckReport.Summary(0, 0, 0, 0, 0, 0, 0, 0),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    @BeforeEach
    void check() throws Exception {
        report = SampleReports.ofEverything(folder);
    }

    static Stream<ReportForm> forms() {
        return Stream.of(new JsonForm(), new SarifForm(PAGE), new JUnitForm(FailOn.TRAP), new GitHubForm());
    }

    @Test
    void jsonIsWhatItsPublishedSchemaDescribes() throws Exception {
        String schema = Files.readString(Path.of("..", "..", "docs", "check-report.schema.json"));
        String json = written(new JsonForm(), report);

        assertThat(violations(schema, SpecificationVersion.DRAFT_2020_12, json)).isEmpty();
        assertThat(violations(
                        schema,
                        SpecificationVersion.DRAFT_2020_12,
                        written(new JsonForm(), SampleReports.ofForgeries(folder))))
                .isEmpty();
        assertThat(violations(schema, SpecificationVersion.DRAFT_2020_12, json.replace("\"severity\"", "\"Severity\"")))
                .isNotEmpty();
    }

    @Test
    void jsonTellsEachFindingOnceWithItsPlace() throws Exception {
        JsonNode json = JSON.readTree(written(new JsonForm(), report));

        List<String> found = new ArrayList<>();
        json.path("findings")
                .forEach(finding -> found.add("%s %s %s:%d"
                        .formatted(
                                finding.path("severity").asText(),
                                finding.path("id").asText(),
                                Path.of(finding.path("file").asText()).getFileName(),
                                finding.path("line").asInt())));
        assertThat(found)
                .containsExactly(
                        "trap ignored-route b-trap.yaml:8",
                        "refused refused c-refused.yaml:8",
                        "note not-read d-note.yaml:1",
                        "note unused-allowance e-allowed.yaml:3");
        assertThat(json.at("/allowed/0/reason").asText()).isEqualTo("on purpose");
        assertThat(json.at("/skipped/0/file").asText()).endsWith("f-compose.yaml");
        assertThat(json.at("/problems/0/line").asInt()).isPositive();
        assertThat(json.at("/summary").toString())
                .isEqualTo("{\"manifests\":6,\"traps\":1,\"refused\":1,\"unknown\":0,\"notes\":2,\"allowed\":1,"
                        + "\"skipped\":1,\"problems\":1}");
    }

    @Test
    void sarifIsValidByItsOfficialSchemaAndLeadsToTheDocs() throws Exception {
        String schema;
        try (InputStream in = getClass().getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            schema = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        String sarif = written(new SarifForm(PAGE), report);

        assertThat(violations(schema, SpecificationVersion.DRAFT_7, sarif)).isEmpty();
        assertThat(violations(
                        schema,
                        SpecificationVersion.DRAFT_7,
                        written(new SarifForm(PAGE), SampleReports.ofForgeries(folder))))
                .isEmpty();
        assertThat(violations(schema, SpecificationVersion.DRAFT_7, sarif.replace("\"ruleId\"", "\"rule\"")))
                .isNotEmpty();
        JsonNode run = JSON.readTree(sarif).at("/runs/0");
        JsonNode trap = run.at("/results/0");
        assertThat(trap.path("level").asText()).isEqualTo("error");
        assertThat(run.path("tool")
                        .path("driver")
                        .path("rules")
                        .path(trap.path("ruleIndex").asInt())
                        .path("helpUri")
                        .asText())
                .isEqualTo("https://docs.example.com/checks.md#ignored-route");
        assertThat(run.at("/results/4/suppressions/0/justification").asText()).isEqualTo("on purpose");
        assertThat(run.at("/invocations/0/executionSuccessful").asBoolean()).isFalse();
    }

    @Test
    void whatIsInNoNamespaceIsCalledByItsNameAlone() throws Exception {
        Path file = Files.writeString(folder.resolve("namespace.yaml"), """
                {apiVersion: v1, kind: Namespace, metadata: {name: plants}}
                """);

        Element suite = parsed(written(new JUnitForm(FailOn.TRAP), SampleReports.ofFiles(file)))
                .getDocumentElement();

        assertThat(elements(suite, "testcase"))
                .singleElement()
                .satisfies(testCase -> assertThat(testCase.getAttribute("name")).startsWith("Namespace plants"));
    }

    @Test
    void junitHasACaseForEachResourceThatFailsWhereTheCommandDoes() throws Exception {
        Element suite = parsed(written(new JUnitForm(FailOn.TRAP), report)).getDocumentElement();

        assertThat(suite.getAttribute("tests")).isEqualTo("8");
        assertThat(elements(suite, "testcase")).hasSize(8);
        assertThat(suite.getAttribute("failures")).isEqualTo("2");
        assertThat(elements(suite, "failure"))
                .extracting(failure -> failure.getAttribute("type"))
                .containsExactly("ignored-route", "refused");
        assertThat(elements(suite, "error")).hasSize(1);
        assertThat(elements(suite, "skipped")).hasSize(1);
        assertThat(elements(suite, "system-out"))
                .extracting(Element::getTextContent)
                .anySatisfy(text -> assertThat(text).contains("allowed (mesh-wide-diversion)"));

        assertThat(elements(parsed(written(new JUnitForm(FailOn.NEVER), report)).getDocumentElement(), "failure"))
                .isEmpty();
    }

    @Test
    void githubGetsACommandForEachFinding() throws Exception {
        assertThat(written(new GitHubForm(), report).lines())
                .map(line -> line.replace(folder.toString().replace(":", "%3A"), "F")
                        .replaceAll("(title=[^:]*::.{20}).*", "$1"))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("::error file=F/g-broken.yaml,line="),
                        line -> assertThat(line)
                                .isEqualTo("::error file=F/b-trap.yaml,line=8,title=A section of routes that the port's"
                                        + " protocol does not read (ignored-route)::VirtualService shop/"),
                        line -> assertThat(line).startsWith("::error file=F/c-refused.yaml,line=8,"),
                        line -> assertThat(line).startsWith("::notice file=F/d-note.yaml,line=1,"),
                        line -> assertThat(line).startsWith("::notice file=F/e-allowed.yaml,line=3,"),
                        line -> assertThat(line).startsWith("::notice file=F/f-compose.yaml,line=1,"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void textOfManifestsForgesNoLineAndMovesNoCursor(ReportForm form) throws Exception {
        CheckReport forged = SampleReports.ofForgeries(folder);
        assertThat(forged.findings()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(forged.problems()).hasSize(1);

        String text = written(form, forged);

        assertThat(text).contains("owned").doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u202e]");
        if (form instanceof GitHubForm) {
            assertThat(text.lines())
                    .hasSize(forged.findings().size() + 1)
                    .allSatisfy(line -> assertThat(line)
                            .matches("::(error|warning|notice) file=[^:,]*(,line=\\d+)?,title=[^:]*::.*")
                            .doesNotContain("%0A"));
        }
        if (form instanceof JUnitForm) {
            assertThat(elements(parsed(text).getDocumentElement(), "testcase"))
                    .hasSize(forged.resources().size() + 1);
        }
    }

    private static List<Object> violations(String schema, SpecificationVersion version, String json) {
        Schema validator = SchemaRegistry.withDefaultDialect(version).getSchema(schema, InputFormat.JSON);
        return List.copyOf(validator.validate(json, InputFormat.JSON));
    }

    private static Document parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static List<Element> elements(Element in, String name) {
        NodeList nodes = in.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
