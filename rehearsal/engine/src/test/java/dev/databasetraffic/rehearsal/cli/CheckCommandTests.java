package dev.databasetraffic.rehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.mesh.check.Explanation;
import dev.databasetraffic.mesh.check.Trap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckCommandTests {

    private final PrintStream stderr = System.err;
    private final InputStream stdin = System.in;
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final StringWriter out = new StringWriter();

    @TempDir
    private Path folder;

    private Path clean;
    private Path trap;
    private Path refused;
    private Path unknown;
    private Path config;

    @BeforeEach
    void manifests() throws Exception {
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        clean = write("clean.yaml", Explanation.SURROUNDINGS);
        trap = write("trap.yaml", Explanation.SURROUNDINGS + "---\n" + example(Trap.IGNORED_ROUTE));
        refused = write("refused.yaml", Explanation.SURROUNDINGS + "---\n" + example(Trap.REFUSED));
        unknown = write("unknown.yaml", Explanation.SURROUNDINGS + "---\n" + example(Trap.NOT_BOUND_TO_MESH));
        config = write("config.yaml", "outboundTrafficPolicy: {mode: REGISTRY_ONLY}\nrootNamespace: [a]\n");
    }

    @AfterEach
    void restore() {
        System.setErr(stderr);
        System.setIn(stdin);
        System.clearProperty("kubeconfig");
    }

    @ParameterizedTest
    @CsvSource({
        "clean, trap, 0",
        "clean, unknown, 0",
        "trap, refused, 0",
        "trap, trap, 1",
        "trap, unknown, 1",
        "trap, never, 0",
        "refused, refused, 1",
        "refused, trap, 1",
        "refused, never, 0",
        "unknown, trap, 0",
        "unknown, unknown, 1",
        "unknown, never, 0",
    })
    void exitCodeIsWhatFailOnSays(String file, String failOn, int exit) {
        assertThat(check("--fail-on", failOn, folder.resolve(file + ".yaml").toString()))
                .isEqualTo(exit);
        assertThat(errors.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                                                 | there is nothing to check: name files or folders
                    none.yaml                                    | none.yaml: there is no such file
                    --only ignored,no-effect ${clean}            | nothing is found under the id 'ignored'; ids are catches-every-host,
                    --without NO-EFFECT ${clean}                 | nothing is found under the id 'NO-EFFECT'
                    --fail-on anything ${clean}                  | --fail-on
                    --output yaml ${clean}                       | --output
                    --on moon ${clean}                           | --on
                    --outbound-traffic ALLOW ${clean}            | ALLOW_ANY
                    --mesh-config none.yaml ${clean}             | none.yaml: there is no such file
                    --mesh-config ${config} ${clean}             | config.yaml:2: rootNamespace must be a text
                    """)
    void badUsageIsOneMessageAndExitCode2(String line, String message) {
        String arguments = line == null ? "" : line;
        assertThat(check(arguments
                        .replace("${clean}", clean.toString())
                        .replace("${config}", config.toString())
                        .split(" +")))
                .isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .startsWith("rehearse: ")
                .contains(message)
                .doesNotContain("Exception", "\tat ");
    }

    @Test
    void brokenFileEndsWith2AndTheRestIsCheckedAllTheSame() throws Exception {
        Path broken = write("broken.yaml", "kind: [\n");

        assertThat(check(trap.toString(), broken.toString())).isEqualTo(2);

        assertThat(errors.toString(StandardCharsets.UTF_8)).startsWith("rehearse: " + broken + ":");
        assertThat(out.toString()).contains("(ignored-route)", "1 that cannot be read");
    }

    @Test
    void textTellsPlaceCauseWhyAndMendAndCounts() {
        check(trap.toString());

        assertThat(out.toString().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith(trap + ":24: trap: ")
                                .endsWith(" (ignored-route)"),
                        line -> assertThat(line).startsWith("    VirtualService shop/outage: "),
                        line -> assertThat(line).startsWith("    Mend: "),
                        line -> assertThat(line).isEmpty(),
                        line -> assertThat(line).isEqualTo("1 trap, in 3 manifests"));
        assertThat(out.toString()).doesNotContain("\u001b");
    }

    @Test
    void coloursAreForTerminals() {
        check("--color", trap.toString());

        assertThat(out.toString()).contains("\u001b[31mtrap\u001b[0m");
    }

    @Test
    void skippedFilesOfAFolderAreNamedWithTheReason() throws Exception {
        Path shop = Files.createDirectory(folder.resolve("shop"));
        Files.copy(clean, shop.resolve("clean.yaml"));
        Files.writeString(shop.resolve("compose.yaml"), "services: {db: {image: postgres}}\n");
        Path nested = Files.createDirectory(shop.resolve("nested"));
        Files.writeString(nested.resolve("rule.yaml"), example(Trap.IGNORED_ROUTE));

        assertThat(check(shop.toString())).isZero();
        assertThat(out.toString()).contains("not checked: " + shop.resolve("compose.yaml"), "no trap, 1 not checked");

        assertThat(check("--recursive", shop.toString())).isEqualTo(1);
    }

    @Test
    void standardInputIsReadAndNamespaceIsThatOfWhoeverNamesNone() throws Exception {
        System.setIn(new ByteArrayInputStream(
                Files.readString(trap).replace(", namespace: shop", "").getBytes(StandardCharsets.UTF_8)));

        assertThat(check("--namespace", "shop", "-")).isEqualTo(1);

        assertThat(out.toString()).startsWith("standard input:24: trap:").contains("VirtualService shop/outage");
    }

    @Test
    void whatAnAnnotationAllowsIsCountedAndShownOnRequest() throws Exception {
        Path allowed = write(
                "allowed.yaml",
                Files.readString(trap)
                        .replace(
                                "{name: outage,",
                                "{name: outage, annotations: {rehearse.databasetraffic.dev/allow: \"ignored-route: it is"
                                        + " the demo\"},"));

        assertThat(check(allowed.toString())).isZero();
        assertThat(out.toString()).isEqualTo("no trap, 1 allowed by annotation, in 3 manifests\n");

        check("--show-suppressed", allowed.toString());
        assertThat(out.toString()).contains(": allowed: ", "    Allowed: it is the demo");
    }

    @Test
    void formOfTheFileAndTextOfTheTerminalAreTwo() throws Exception {
        Path file = folder.resolve("report.json");

        assertThat(check("--output", "json", "--output-file", file.toString(), trap.toString()))
                .isEqualTo(1);

        assertThat(file).content().startsWith("{\n").contains("\"id\" : \"ignored-route\"");
        assertThat(out.toString()).contains("1 trap, in 3 manifests").doesNotContain("{\n");
        assertThat(check("--output-file", folder.resolve("none/report").toString(), clean.toString()))
                .isEqualTo(3);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .startsWith("rehearse: --output-file ")
                .doesNotContain("\tat ");
    }

    @Test
    void meshConfigurationIsTakenAndWhatWasReadOfItIsTold() throws Exception {
        Files.writeString(config, "outboundTrafficPolicy: {mode: REGISTRY_ONLY}\ntrustDomain: shop.example.com\n");

        check("--mesh-config", config.toString(), clean.toString());

        assertThat(out.toString())
                .startsWith("The mesh's configuration sets outboundTrafficPolicy; not read: trustDomain.\n");
    }

    @Test
    void clusterThatDoesNotAnswerEndsWith3() throws Exception {
        int port;
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = gone.getLocalPort();
        }
        Path kubeconfig = write("kubeconfig", """
                apiVersion: v1
                kind: Config
                clusters: [{name: gone, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: me, user: {}}]
                contexts: [{name: gone, context: {cluster: gone, user: me}}]
                current-context: gone
                """.formatted(port));
        System.setProperty("kubeconfig", kubeconfig.toString());

        assertThat(check("--on", "kubernetes")).isEqualTo(3);

        assertThat(errors.toString(StandardCharsets.UTF_8))
                .startsWith("rehearse: No cluster answers at http://127.0.0.1:" + port)
                .contains("KUBECONFIG")
                .doesNotContain("Exception", "\tat ");
    }

    private int check(String... arguments) {
        out.getBuffer().setLength(0);
        List<String> line = new ArrayList<>(List.of("check"));
        List.of(arguments).stream().filter(argument -> !argument.isEmpty()).forEach(line::add);
        return Rehearse.commandLine().setOut(new PrintWriter(out)).execute(line.toArray(String[]::new));
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String example(Trap trap) {
        return trap.explanation().example();
    }
}
