package dev.databasetraffic.rehearsal.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExperimentFileTests {

    private static final Path SHIPPED = Path.of("..", "..", "experiments", "black-hole.yaml");

    @TempDir
    private Path folder;

    @Test
    void theShippedExperimentIsOne() throws Exception {
        Experiment experiment = ExperimentFile.read(SHIPPED);

        assertThat(experiment.title()).contains("without losing a write");
        assertThat(experiment.phases().outage()).isEqualTo(Duration.ofSeconds(25));
        assertThat(experiment.load().body()).containsEntry("quantity", 3);
        assertThat(experiment.tolerances().acknowledgedLost()).isZero();
        assertThat(SHIPPED.resolveSibling(experiment.fault().apply())).isRegularFile();
    }

    @ParameterizedTest(name = "{0} becomes {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
                    outage: 25s      | outage: -20s       | :16: phases.outage is '-20s', but must be a duration from 1s to 24h, e.g. 20s
                    outage: 25s      | outage: 0s         | :16: phases.outage is '0s', but must be a duration from 1s
                    outage: 25s      | outage: 25h        | :16: phases.outage is '25h', but must be a duration from 1s to 24h
                    outage: 25s      | outage: soon       | :16: phases.outage is 'soon', but must be a duration
                    outage: 25s      | outage: 20         | :16: phases.outage is '20', but must be a duration
                    outage: 25s      | outage: [20s]      | :16: phases.outage is '["20s"]', but must be a duration
                    outage: 25s      | outtage: 20s       | :12: phases.outage is missing; give a duration
                    steady: 10s      | steady: 10s, x: 1  | :13: is not YAML
                    rate: 50         | rate: fast         | :21: load.rate is 'fast', but must be a whole number of writes per second from 1 to 5000, e.g. 50
                    rate: 50         | rate: -5           | :21: load.rate is '-5', but must be
                    rate: 50         | rate: 1.5          | :21: load.rate is '1.5', but must be
                    rate: 50         | rate:              | :21: load.rate is '', but must be a whole number
                    {quantity: 3}    | {name: mine}       | :24: load.body is '{"name":"mine"}', but must be
                    duplicates: 0    | duplicates: -1     | duplicates is '-1', but must be a whole number from 0
                    steadySuccess: 0.99 | steadySuccess: 2 | :27: tolerances.steadySuccess is '2', but must be a share from 0 to 1
                    writesFail: true | writesFail: maybe  | :28: tolerances.writesFail is 'maybe', but must be true
                    fault:           | faults:            | :3: fault is missing; give the outage
                    service: plants  | service: ''        | :7: scope.service is '', but must be the name of the service
                    service: plants  | probe: {port: 80, path: stock} | :5: scope.service is missing
                    service: plants  | 'service: shop\n  probe: {port: 80, path: stock}' | :8: scope.probe.path is 'stock', but must be a path that begins with /
                    service: plants  | 'service: shop\n  probe: {port: 0, path: /}' | :8: scope.probe.port is '0', but must be a port of the service from 1 to 65535
                    service: plants  | 'service: shop\n  namespace: ""' | :8: scope.namespace is '', but must be the namespace
                    """)
    void aWrongMemberIsRefusedWithFileLineLimitAndExample(String right, String wrong, String message) throws Exception {
        Path file = shippedWith(right, wrong.replace("\\n", "\n"));

        assertThatThrownBy(() -> ExperimentFile.read(file))
                .isInstanceOf(ExperimentException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void anUnknownMemberIsRefusedWithTheKnownOnes() throws Exception {
        Path file = shippedWith("  recovery: 10s", "  recovery: 10s\n  cooldown: 5s");

        assertThatThrownBy(() -> ExperimentFile.read(file))
                .isInstanceOf(ExperimentException.class)
                .hasMessage(file + ":18: there is no member phases.cooldown; known here are steady, outage, recovery,"
                        + " settle");
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
}
