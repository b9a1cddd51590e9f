package dev.databasetraffic.databases.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTests {

    private static final List<String> BOTH = List.of("server", "init");

    @TempDir
    Path folder;

    @Test
    void theFirstOnThePathIsFound() throws IOException {
        Path server = program("one/server");
        program("two/server");
        Path init = program("two/init");

        String path = String.join(File.pathSeparator, folder + "/none", folder + "/one", folder + "/two");

        assertThat(Programs.find(BOTH, path, List.of())).contains(Map.of("server", server, "init", init));
    }

    @Test
    void aFolderOfTheNewestVersionIsFoundWhereThePathHasNone() throws IOException {
        program("lib/9.6/bin/server");
        program("lib/15/bin/server");

        assertThat(Programs.find(List.of("server"), "", List.of(folder + "/none/*/bin", folder + "/lib/*/bin")))
                .contains(Map.of("server", folder.resolve("lib/15/bin/server")));
    }

    @Test
    void halfOfThemAreNone() throws IOException {
        program("one/server");

        assertThat(Programs.find(BOTH, folder + "/one", List.of())).isEmpty();
    }

    @Test
    void aFileThatCannotBeExecutedIsNone() throws IOException {
        Files.createFile(folder.resolve("server"));

        assertThat(Programs.find(List.of("server"), folder.toString(), List.of()))
                .isEmpty();
    }

    private Path program(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolve("..").normalize());
        Files.createFile(file);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
