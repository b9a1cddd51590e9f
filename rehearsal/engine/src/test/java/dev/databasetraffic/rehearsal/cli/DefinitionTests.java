package dev.databasetraffic.rehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.databasetraffic.rehearsal.experiment.ExperimentException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionTests {

    private static final Path ORDERS = Path.of("..", "..", "examples", "postgresql", "experiment.yaml");
    private static final String FAULT = "fault: {apply: outage/silent.yaml}";

    @Test
    void theOutageIsFoundFromTheExperimentsFileWhereverOneStands() throws Exception {
        Path outage = Definition.read(ORDERS).outage();

        assertThat(outage).isAbsolute().isRegularFile().endsWith(Path.of("examples/postgresql/outage/silent.yaml"));
    }

    @Test
    void aFaultOfTheWireHasNoManifest(@TempDir Path folder) throws Exception {
        String orders = Files.readString(ORDERS);
        assertThat(orders).contains(FAULT);
        Path file =
                Files.writeString(folder.resolve("experiment.yaml"), orders.replace(FAULT, "fault: {wire: silent}"));

        assertThat(Definition.read(file).outage()).isNull();
    }

    @Test
    void theOutagesOfASoakAreThoseThatLieBesideTheExperimentsOwn() throws Exception {
        assertThat(Definition.read(Path.of("..", "..", "experiments", "black-hole.yaml"))
                        .outages())
                .extracting(outage -> outage.getFileName().toString())
                .containsExactly("black-hole.yaml", "half.yaml", "refused.yaml", "silent.yaml");
        assertThat(Definition.read(ORDERS).outages())
                .singleElement()
                .satisfies(outage -> assertThat(outage).endsWith(Path.of("examples/postgresql/outage/silent.yaml")));
    }

    @Test
    void whatLiesBesideAnOutageAndIsNoManifestIsNoOutage(@TempDir Path folder) throws Exception {
        Path silent = ORDERS.resolveSibling(Path.of("outage", "silent.yaml"));
        Files.copy(silent, folder.resolve("silent.yaml"));
        Path file = Files.writeString(
                folder.resolve("experiment.yaml"),
                Files.readString(ORDERS).replace(FAULT, "fault: {apply: silent.yaml}"));

        assertThat(Definition.read(file).outages())
                .containsExactly(folder.resolve("silent.yaml").toAbsolutePath().normalize());
    }

    @Test
    void aFaultOfTheWireIsNoOutageOfASoak(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(
                folder.resolve("experiment.yaml"), Files.readString(ORDERS).replace(FAULT, "fault: {wire: silent}"));

        assertThatThrownBy(() -> Definition.read(file).outages())
                .isInstanceOf(ExperimentException.class)
                .hasMessageContaining("fault.wire is no manifest");
    }
}
