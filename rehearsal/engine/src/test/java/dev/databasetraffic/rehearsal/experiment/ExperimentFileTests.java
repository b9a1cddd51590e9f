package dev.databasetraffic.rehearsal.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentFileTests {

    private static final Path SHIPPED = Path.of("..", "..", "experiments", "black-hole.yaml");

    @TempDir
    private Path folder;

    @Test
    void theShippedExperimentIsOne() throws Exception {
        Experiment experiment = ExperimentFile.read(SHIPPED);

        assertThat(experiment.title()).contains("without losing a write");
        assertThat(experiment.phases().outage()).isEqualTo(Duration.ofSeconds(25));
        assertThat(experiment.operation())
                .singleElement()
                .satisfies(operation -> assertThat(operation.isRepeatable()).isTrue());
        assertThat(experiment.tolerances().acknowledgedLost()).isZero();
        assertThat(experiment.service().start())
                .isNotNull()
                .satisfies(start -> assertThat(start.environmentOrEmpty())
                        .as("null takes a variable away")
                        .containsEntry("FIRESTORE_EMULATOR_HOST", null));
        assertThat(SHIPPED.resolveSibling(experiment.fault().title())).isRegularFile();
    }

    @ParameterizedTest(name = "{0} becomes {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    outage: 25s      | outage: -20s       | :@: phases.outage is '-20s', but must be a duration from 1s to 24h, e.g. 20s
                    outage: 25s      | outage: 0s         | :@: phases.outage is '0s', but must be a duration from 1s
                    outage: 25s      | outage: 25h        | :@: phases.outage is '25h', but must be a duration from 1s to 24h
                    outage: 25s      | outage: soon       | :@: phases.outage is 'soon', but must be a duration
                    outage: 25s      | outage: 20         | :@: phases.outage is '20', but must be a duration
                    outage: 25s      | outage: [20s]      | :@: phases.outage is '["20s"]', but must be a duration
                    outage: 25s      | outtage: 20s       | phases.outage is missing; give a duration
                    steady: 5s       | steady: 5s, x: 1   | :@: is not YAML
                    rate: 50         | rate: fast         | :@: load.rate is 'fast', but must be a whole number of writes per second from 1 to 5000, e.g. 50
                    rate: 50         | rate: -5           | :@: load.rate is '-5', but must be
                    rate: 50         | rate: 1.5          | :@: load.rate is '1.5', but must be
                    rate: 50         | rate:              | :@: load.rate is '', but must be a whole number
                    duplicates: 0    | duplicates: -1     | duplicates is '-1', but must be a whole number from 0
                    steadySuccess: 0.99 | steadySuccess: 2 | :@: tolerances.steadySuccess is '2', but must be a share from 0 to 1
                    writesFail: true | writesFail: maybe  | :@: tolerances.writesFail is 'maybe', but must be true
                    fault:           | faults:            | fault is missing; give the outage
                    name: plants     | name: ''           | :@: service.name is '', but must be what reports and logs call it
                    method: POST     | method: FETCH      | :@: operation.request.method is 'FETCH', but must be GET, POST, PUT
                    path: /plants    | path: plants       | :@: operation.request.path is 'plants', but must be a path that begins with /
                    path: /plants    | 'path: /plants/${kye}' | :@: operation.request.path is '/plants/${kye}', but must be a path that begins with /, with no variables but ${key}
                    name: "${key}"   | name: "${n"        | :@: operation.request.body is
                    status: [200, 201] | status: [200, 999] | :@: operation.acknowledged.status is '[200,999]', but must be a status or several
                    status: 4xx      | status: 4x         | :@: operation.refused.status is '4x', but must be a status
                    kind: /type      | kind: type         | :@: operation.kind is 'type', but must be where a failure's body says what it is, a JSON pointer
                    '  port: 443'    | '  port: 70000'    | :@: database.port is '70000', but must be its port there, from 1 to 65535
                    {kind: firestore} | {kind: ''}        | :@: database.start.kind is '', but must be firestore, mariadb
                    field: name}     | field: name, x: 1} | :@: there is no member database.stored.x; known here are collection, field
                    kind: firestore, collection | kind: oracle, collection | :@: database.stored: There is no way to read back of the kind "oracle"; use command, firestore, http,
                    collection: plants, field: name | collection: a/b, field: name | :@: database.stored: stored: {kind: firestore} wants a collection without /
                    , field: name}   | }                  | :@: database.stored.field is missing; give the documents' field
                    -Xmx512m         | '-Xmx${heap}'      | service.start.command has ${heap}, of which nothing is known; there are ${database.address}, ${database.host},
                    -Xmx512m         | '-Xmx${heap'       | service.start.command has ${heap, of which nothing is known
                    '  apply:'       | '  wire: frozen\\n  apply:' | fault.wire is 'frozen', but must be a fault of the wire
                    health/readiness | health readiness   | service.start.ready is 'http://127.0.0.1:${port.management}/actuator/health readiness', but must be what answers
                    repeatable: true | repeatable: perhaps | :@: operation.repeatable is 'perhaps', but must be true if a request may be repeated
                    """)
    // The @ of a message stands for the line that was changed.
    void aWrongMemberIsRefusedWithFileLineLimitAndExample(String right, String wrong, String message) throws Exception {
        Path file = shippedWith(right, wrong.replace("\\n", "\n"));

        assertThatThrownBy(() -> ExperimentFile.read(file))
                .isInstanceOf(ExperimentException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message.replace("@", String.valueOf(lineOf(right))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "redis", "mongodb"})
    void theExamplesSayWhatTheyRehearseOnThisMachineAndInACluster(String example) throws Exception {
        Path file = Path.of("..", "..", "examples", example, "experiment.yaml");
        Experiment experiment = ExperimentFile.read(file);

        assertThat(file.resolveSibling(String.valueOf(experiment.fault().apply())))
                .exists();
        assertThat(experiment.service().start()).isNotNull();
        assertThat(experiment.service().kubernetes()).isNotNull();
        assertThat(experiment.database().start()).isNotNull();
        assertThat(experiment.database().kubernetes()).isNotNull();
        assertThat(experiment.variantsOrEmpty()).containsOnlyKeys("default", "cured");
    }

    @Test
    void anUnknownMemberIsRefusedWithTheKnownOnes() throws Exception {
        Path file = shippedWith("  recovery: 7s", "  recovery: 7s\n  cooldown: 5s");

        assertThatThrownBy(() -> ExperimentFile.read(file))
                .isInstanceOf(ExperimentException.class)
                .hasMessage(file + ":" + (lineOf("  recovery: 7s") + 1)
                        + ": there is no member phases.cooldown; known here are steady, outage, recovery," + " settle");
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource(delimiter = '|', textBlock = """
                    EMULATOR_HOST: null | 'EMULATOR_HOST: "hunter2${database.pasword}"' | :@: service.start.environment.FIRESTORE_EMULATOR_HOST has ${database.pasword}, of which
                    EMULATOR_HOST: null | EMULATOR_HOST: [hunter2] | :@: service.start.environment.FIRESTORE_EMULATOR_HOST must be variables of its environment
                    -Xmx512m            | '-Dpassword=hunter2${x}' | service.start.command has ${x}, of which
                    {Idempotency-Key: "${key}"} | '{Authorization: "hunter2 ${token}"}' | :@: operation.request.headers must be headers
                    'headers: {Idempotency-Key: "${key}"}\\n    body: {name: "${key}", quantity: 3}' | 'headers: {Authorization: hunter2}\\n    body: {name: one}' | operation.request must be
                    variants:           | 'variants:\\n  cured: {environment: {POOL: hunter2}}' | variants.cured must be
                    """)
    void whatMayBeASecretIsInNoMessage(String right, String wrong, String message) throws Exception {
        Path file = shippedWith(right.replace("\\n", "\n"), wrong.replace("\\n", "\n"));
        String first = right.split("\\\\n")[0];

        assertThatThrownBy(() -> ExperimentFile.read(file))
                .isInstanceOf(ExperimentException.class)
                .hasMessageContaining(message.replace("@", String.valueOf(lineOf(first))))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aTimeThatIsLeftOutIsNotJudged() throws Exception {
        assertThat(ExperimentFile.read(shippedWith("  detect: 3s", "  # detect: 3s"))
                        .tolerances()
                        .detect())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ''                  | is not an experiment
                    just text           | is not an experiment
                    [a, list]           | is not an experiment
                    'title: [unclosed'  | :1: is not YAML
                    'title: a\ttitle: b' | title
                    """)
    void whatIsNoExperimentIsRefused(String text, String message) throws Exception {
        Path file = Files.writeString(folder.resolve("e.yaml"), text.replace('\t', '\n'));

        assertThatThrownBy(() -> ExperimentFile.read(file))
                .isInstanceOf(ExperimentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aFileThatIsNotThereOrNotTextIsRefused() throws Exception {
        Path binary = Files.write(folder.resolve("b.yaml"), "Ünïcode".getBytes(StandardCharsets.UTF_16));

        assertThatThrownBy(() -> ExperimentFile.read(folder.resolve("none.yaml")))
                .isInstanceOf(ExperimentException.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> ExperimentFile.read(binary))
                .isInstanceOf(ExperimentException.class)
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> ExperimentFile.read(folder))
                .isInstanceOf(ExperimentException.class)
                .hasMessageContaining("is a folder");
    }

    private Path shippedWith(String right, String wrong) throws IOException {
        String text = Files.readString(SHIPPED);
        assertThat(text).contains(right);
        return Files.writeString(folder.resolve("changed.yaml"), text.replace(right, wrong));
    }

    /** The line of the shipped experiment that has a text, counted from 1. */
    private static int lineOf(String text) throws IOException {
        List<String> lines = Files.readAllLines(SHIPPED);
        return IntStream.range(0, lines.size())
                        .filter(index -> lines.get(index).contains(text))
                        .findFirst()
                        .orElseThrow()
                + 1;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    variants: | 'variants:\\n  cured:'  | variants.cured
                    phases:   | '---\\nphases:'         | there is a second document
                    """)
    void whatIsNothingOrTooMuchIsRefused(String right, String wrong, String message) throws Exception {
        Path file = shippedWith(right, wrong.replace("\\n", "\n"));

        assertThatThrownBy(() -> ExperimentFile.read(file))
                .isInstanceOf(ExperimentException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }
}
