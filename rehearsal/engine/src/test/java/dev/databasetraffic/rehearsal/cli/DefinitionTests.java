package dev.databasetraffic.rehearsal.cli;

import static org.assertj.core.api.Assertions.assertThat;

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
}
