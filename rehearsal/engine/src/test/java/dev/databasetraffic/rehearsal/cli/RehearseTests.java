package dev.databasetraffic.rehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RehearseTests {

    private static final Path SHIPPED = Path.of("..", "..", "experiments", "black-hole.yaml");

    @RegisterExtension
    private final CapturedErrors errors = new CapturedErrors();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --drain -5s             | --drain
                    --drain 5               | is not a duration such as 500ms, 10s or 1m30s
                    --drain 2h              | longer than 1h
                    --port 70000            | is not a port from 0 to 65535
                    --port http             | --port
                    up ${shipped} --page 70000         | --page: 70000 is not a port from 0 to 65535
                    up --page http          | --page
                    up ${shipped} --no-page --open     | --no-page: there is nothing to open
                    watch --on local        | --on
                    --on moon               | --on
                    run ${shipped} --on compose --quick | --quick: is for this machine
                    matrix ${shipped} --outage 25h | --outage: an outage lasts from 1s to 24h
                    matrix ${shipped} --quick --fault silent | --fault: --quick says that itself
                    matrix ${shipped} --fault nothing | there is no 'nothing'; give some of
                    --plants novalue        | --plants
                    --frobnicate            | --frobnicate
                    run a.yaml b.yaml       | b.yaml
                    report                  | JOURNAL
                    run none.yaml           | none.yaml: there is no such file
                    report none.json        | none.json: there is no such file
                    run ${shipped} --variant better | has no 'better'; it has guarded, deadline, default, default-guarded
                    run ${shipped} --fault none.yaml | --fault names it
                    run ${shipped} --out ${file}/sub | --out
                    """)
    void badUsageIsOneMessageAndExitCode2(String line, String message) throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        String[] arguments = line.replace("${shipped}", SHIPPED.toString())
                .replace("${file}", file.toString())
                .split(" ");

        int exit = Rehearse.commandLine().execute(arguments);

        assertThat(exit).isEqualTo(2);
        assertThat(errors.text()).startsWith("rehearse: ").contains(message).doesNotContain("Exception", "\tat ");
    }

    @ParameterizedTest
    @CsvSource({"local", "compose"})
    void aServiceIsRefusedWhereNothingSaysHowItIsHad(String place) throws Exception {
        Path experiment = Files.writeString(
                folder.resolve("e.yaml"),
                // Deployed in a cluster, and known to no other place.
                Files.readString(SHIPPED)
                        .replaceAll("(?s)  start: #.*?  kubernetes:", "  kubernetes:")
                        .replace("../istio/", SHIPPED.toAbsolutePath().resolveSibling("../istio") + "/"));

        int exit = Rehearse.commandLine()
                .execute(
                        "run",
                        experiment.toString(),
                        "--on",
                        place,
                        "--out",
                        folder.resolve("out").toString());

        assertThat(exit).isEqualTo(3);
        assertThat(errors.text()).contains("service", "--on kubernetes");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wire: froze                         | fault.wire     | there is no froze; give one of
            {wire: killed, connections: left}   | fault.connections | with killed they cannot be left; give cut
            """)
    void aFaultOfTheWireThatCannotBeIsRefusedBeforeAnythingStarts(String fault, String member, String message)
            throws Exception {
        Path experiment = Files.writeString(
                folder.resolve("e.yaml"),
                Files.readString(SHIPPED)
                        .replaceFirst(
                                "fault:\n  apply: .*\n",
                                "fault:" + (fault.startsWith("{") ? " " : "\n  ") + fault + "\n"));

        int exit = Rehearse.commandLine().execute("run", experiment.toString());

        assertThat(exit).isEqualTo(2);
        assertThat(errors.text()).contains(member + " in " + experiment + ": " + message);
    }

    @Test
    void anExperimentThatNamesNoManifestIsRefusedBeforeAnythingStarts() throws Exception {
        Path experiment = Files.writeString(
                folder.resolve("e.yaml"),
                Files.readString(SHIPPED).replace("../istio/outage/black-hole.yaml", "no.yaml"));

        int exit = Rehearse.commandLine().execute("run", experiment.toString());

        assertThat(exit).isEqualTo(2);
        assertThat(errors.text()).contains("no.yaml", "fault.apply in " + experiment);
        assertThat(folder).isDirectoryNotContaining("glob:**/rehearsals");
    }
}
