package dev.databasetraffic.rehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InitCommandTests {

    private final InputStream stdin = System.in;

    @RegisterExtension
    private final CapturedErrors errors = new CapturedErrors();

    @TempDir
    private Path folder;

    @AfterEach
    void reset() {
        System.setIn(stdin);
        System.clearProperty("rehearse.terminal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "mariadb", "redis", "mongodb", "firestore"})
    void anExperimentForEachDatabaseIsWrittenFromOptionsAlone(String kind) throws Exception {
        Experiment experiment = written(
                "--name",
                "orders",
                "--command",
                "java -jar orders.jar",
                "--ready",
                "/health",
                "--request",
                "POST /orders",
                "--body",
                "{\"reference\": \"${key}\"}",
                "--repeatable",
                "--database",
                kind);

        assertThat(experiment.service().start()).isNotNull();
        assertThat(experiment.database().start())
                .isNotNull()
                .extracting(start -> start.kind())
                .isEqualTo(kind);
        assertThat(experiment.operation()).singleElement().matches(operation -> operation.isRepeatable());
        assertThat(Files.readString(folder.resolve("e.yaml")))
                .contains("# stored: {kind: " + kind, "${database.address}");
        assertThat(Files.readAllLines(folder.resolve("e.yaml"))).hasSizeLessThan(50);
    }

    @Test
    void aServiceThatRunsAlreadyAndADatabaseThatDoesAreNamed() throws Exception {
        Experiment experiment = written(
                "--name",
                "stock",
                "--url",
                "http://127.0.0.1:9000",
                "--request",
                "GET /stock/${key}",
                "--database",
                "127.0.0.1:5433",
                "--host",
                "db.example.com");

        assertThat(experiment.service().url()).hasToString("http://127.0.0.1:9000");
        assertThat(experiment.database().address()).isEqualTo("127.0.0.1:5433");
        assertThat(experiment.database().port()).isEqualTo(5433);
        assertThat(experiment.database().listen()).isNotNull();
        assertThat(experiment.operation()).singleElement().matches(operation -> operation.isRead());
    }

    @Test
    void whatNoOptionSaysIsAskedForAndAnEmptyAnswerTakesTheExample() throws Exception {
        System.setProperty("rehearse.terminal", "true");
        System.setIn(new ByteArrayInputStream("shop\n\n\nPUT /carts/${key}\n\n\n".getBytes(StandardCharsets.UTF_8)));

        Experiment experiment = written();

        assertThat(experiment.service().name()).isEqualTo("shop");
        assertThat(experiment.operation().get(0).title()).isEqualTo("PUT /carts/${key}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --name orders                                       | --command or --url is missing
                    --name orders --url http://x:1 --request nonsense   | --request: 'nonsense' is not a method and a path
                    --name orders --url http://x:1 --request GET_/ --database oracle | There is no database of the kind "oracle"
                    --name orders --url http://x:1 --request GET_/ --database host:port | is not HOST:PORT
                    --name orders --url http://x:1 --request POST_/ --body {nonsense --database redis | --body: is not JSON
                    --name orders --url http://x:1 --request FETCH_/ --body {"a":"${key}"} --database redis | operation.request.method is 'FETCH'
                    --name or/ders --url http://x:1 --request GET_/ --database redis | service.name is 'or/ders'
                    """)
    void badInputIsRefusedAndNothingIsWritten(String line, String message) {
        String[] words = ("init " + folder.resolve("e.yaml") + " " + line).split(" ");
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].replace('_', ' ');
        }

        assertThat(Rehearse.commandLine().execute(words)).isEqualTo(Exit.BAD_INPUT);

        assertThat(errors.text()).contains(message).doesNotContain("\tat ");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileThatIsThereIsNotWrittenOver() throws Exception {
        Path file = Files.writeString(folder.resolve("e.yaml"), "mine");

        assertThat(Rehearse.commandLine().execute("init", file.toString())).isEqualTo(Exit.BAD_INPUT);

        assertThat(file).hasContent("mine");
    }

    private Experiment written(String... options) throws Exception {
        Path file = folder.resolve("e.yaml");
        String[] words = new String[options.length + 2];
        words[0] = "init";
        words[1] = file.toString();
        System.arraycopy(options, 0, words, 2, options.length);
        assertThat(Rehearse.commandLine().execute(words))
                .as(() -> errors.text())
                .isEqualTo(Exit.HELD);
        return ExperimentFile.read(file);
    }
}
