package dev.databasetraffic.mesh.controlplane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainersTests {

    @TempDir
    private Path folder;

    @Test
    void eachHostHasItsContainer() throws Exception {
        assertThat(read("db.example.com:5432: db:5433").of("db.example.com", 5432))
                .contains(new Containers.Address("db", 5433));
    }

    /** As a file is while somebody writes it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "---",
                "~",
                "db.example.com:5432:",
                "db.example.com: db:5432",
                "db.example.com:5432: db:70000"
            })
    void whatIsNoLineOfHostAndContainerIsRefusedWithTheFilesName(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IOException.class).hasMessageContaining("endpoints.yaml: ");
    }

    private Containers read(String text) throws IOException {
        return Containers.read(Files.writeString(folder.resolve("endpoints.yaml"), text));
    }
}
