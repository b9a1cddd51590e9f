package dev.databasetraffic.databases.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTests {

    private final byte[] content = new byte[3_000_000];
    private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @AutoClose
    FileServer server;

    @BeforeEach
    void startServer() throws IOException {
        new Random(7).nextBytes(content);
        server = new FileServer(content);
    }

    @Test
    void aVerifiedFileArrivesWithABarThatGrowsToItsEnd() throws IOException {
        Path file = download(content.length, server.sha256()).to(folder.resolve("new"));

        assertThat(file).hasBinaryContent(content).hasFileName("emulator.jar");
        assertThat(folder.resolve("new")).isDirectoryNotContaining("glob:**.part");
        String[] drawn = terminal.toString(StandardCharsets.UTF_8).split("\r", -1);
        assertThat(drawn).hasSizeBetween(20, 102);
        assertThat(drawn[drawn.length - 1])
                .isEqualToIgnoringNewLines("Firestore emulator [##############################] 100 % of 3 MB\n");
    }

    @Test
    void aWrongChecksumLeavesNothing() {
        String wrong = "0".repeat(64);

        assertThatThrownBy(() -> download(content.length, wrong).to(folder))
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining("checksum " + server.sha256() + " instead of " + wrong);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aTruncatedBodyLeavesNothing() {
        server.truncatesBy(1);

        assertThatThrownBy(() -> download(content.length, server.sha256()).to(folder))
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining("ended after 2999999 of 3000000 bytes");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aShorterFileThanPinnedLeavesNothing() {
        assertThatThrownBy(() -> download(content.length + 1, server.sha256()).to(folder))
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining("ended after 3000000 of 3000001 bytes");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLongerFileThanPinnedIsNotReadToItsEnd() {
        assertThatThrownBy(() -> download(1000, server.sha256()).to(folder))
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining("after 1001 of 1000 bytes");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aServerThatIsAwayIsNamed() {
        server.close();

        assertThatThrownBy(() -> download(content.length, server.sha256()).to(folder))
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining(server.uri().toString())
                .hasMessageContaining("ConnectException");
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamedBeforeAnythingIsFetched() throws IOException {
        // A file in the folder's place: permissions would not keep an administrator out.
        Path cache = Files.createFile(folder.resolve("file")).resolve("cache");

        assertThatThrownBy(() -> download(content.length, server.sha256()).to(cache))
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining("the cache folder " + cache + " cannot be written");
        assertThat(server.requests()).isZero();
    }

    private Download download(long size, String sha256) {
        EmulatorRelease release =
                new EmulatorRelease("emulator.jar", URI.create(server.uri() + "/emulator.jar"), size, sha256, 17);
        return new Download(release, new PrintStream(terminal, true, StandardCharsets.UTF_8));
    }
}
