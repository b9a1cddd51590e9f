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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmulatorLocatorTests {

    private static final byte[] CONTENT = "not really a jar, but with a checksum".getBytes(StandardCharsets.UTF_8);

    private static final PrintStream NOWHERE =
            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);

    @TempDir
    Path home;

    @AutoClose
    FileServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = new FileServer(CONTENT);
    }

    @Test
    void anEmulatorThatRunsComesBeforeEverythingElse() throws IOException {
        sdkIn(home.resolve("google-cloud-sdk"));
        Path jar = Files.writeString(home.resolve("named.jar"), "jar");

        assertThat(locate(Map.of("FIRESTORE_EMULATOR_HOST", "[::1]:8686", "FIRESTORE_EMULATOR_JAR", jar.toString())))
                .isEqualTo(new EmulatorLocator.Location.Running("[::1]", 8686));
    }

    @Test
    void aNamedJarComesBeforeTheSdk() throws IOException {
        sdkIn(home.resolve("google-cloud-sdk"));
        Path jar = Files.writeString(home.resolve("named.jar"), "jar");

        assertThat(locate(Map.of("FIRESTORE_EMULATOR_JAR", jar.toString()))).isEqualTo(jar(jar));
    }

    @Test
    void theSdkIsFoundBehindTheLinkOnThePath() throws IOException {
        Path sdk = home.resolve("elsewhere/google-cloud-sdk");
        Path expected = sdkIn(sdk);
        Path gcloud = Files.createFile(Files.createDirectory(sdk.resolve("bin")).resolve("gcloud"));
        assertThat(gcloud.toFile().setExecutable(true)).isTrue();
        Path bin = Files.createDirectory(home.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("gcloud"), gcloud);

        assertThat(locate(Map.of("PATH", home.resolve("missing") + ":" + bin))).isEqualTo(jar(expected.toRealPath()));
    }

    @Test
    void theSdkIsFoundInTheUsualFolders() throws IOException {
        Path expected = sdkIn(home.resolve("usual"));

        assertThat(locate(Map.of())).isEqualTo(jar(expected));
    }

    @Test
    void theSdkComesBeforeTheCache() throws IOException {
        Path expected = sdkIn(home.resolve("google-cloud-sdk"));
        cached(home.resolve(".cache/database-traffic"), CONTENT);

        assertThat(locate(Map.of())).isEqualTo(jar(expected));
    }

    @Test
    void whatFirebaseDownloadedIsUsed() throws IOException {
        Path expected = cached(home.resolve(".cache/firebase/emulators"), CONTENT);

        assertThat(locate(Map.of())).isEqualTo(jar(expected));
        assertThat(server.requests()).isZero();
    }

    @Test
    void nothingIsFetchedUnasked() {
        assertThatThrownBy(() -> locator(Map.of(), release()).ready())
                .isInstanceOf(NotReadyException.class)
                .hasMessageContaining(home.resolve(".cache/database-traffic").toString())
                .hasMessageContaining("gcloud components install cloud-firestore-emulator")
                .hasMessageContaining("--database download (0 MB)");
        assertThat(server.requests()).isZero();
    }

    @Test
    void whatNoJavaHereCanRunIsPassedOver() throws IOException {
        Path tooNew = sdkIn(home.resolve("google-cloud-sdk"));
        EmulatorLocator locator = new EmulatorLocator(
                Map.of(),
                home,
                List.of(home.resolve("usual")),
                List.of(release()),
                jar -> jar.equals(tooNew) ? Optional.of("It needs Java 99.") : Optional.empty(),
                NOWHERE);

        assertThatThrownBy(locator::ready)
                .isInstanceOf(NotReadyException.class)
                .hasMessageContaining(tooNew + " cannot be used: It needs Java 99.");

        Path expected = cached(home.resolve(".cache/database-traffic"), CONTENT);
        assertThat(locator.ready()).isEqualTo(jar(expected));
    }

    @Test
    void theNewestReleaseThatThereIsAJavaForIsFetched() throws IOException {
        EmulatorRelease tooNew = new EmulatorRelease("new.jar", server.uri(), CONTENT.length, "", 99);

        assertThat(locator(Map.of(), tooNew, release()).readyOrDownloaded())
                .isEqualTo(jar(home.resolve(".cache/database-traffic/emulator.jar")));
    }

    @Test
    void aDamagedFileInTheCacheIsDownloadedAgain() throws IOException {
        byte[] damaged = CONTENT.clone();
        damaged[3]++;
        Path expected = cached(home.resolve(".cache/database-traffic"), damaged);

        assertThat(locate(Map.of())).isEqualTo(jar(expected));
        assertThat(expected).hasBinaryContent(CONTENT);
    }

    @Test
    void withoutAnySdkTheReleaseIsDownloadedOnceIntoTheCache() throws IOException {
        Path cache = Files.createDirectory(home.resolve("caches"));

        assertThat(locate(Map.of("XDG_CACHE_HOME", cache.toString())))
                .isEqualTo(locate(Map.of("XDG_CACHE_HOME", cache.toString())))
                .isEqualTo(jar(cache.resolve("database-traffic/emulator.jar")));
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void whenItIsNowhereTheMessageTellsWhyAndNamesEveryChoice() {
        server.fails();

        assertThatThrownBy(() -> locate(Map.of()))
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining("answered with status 500")
                .hasMessageContaining("gcloud components install cloud-firestore-emulator")
                .hasMessageContaining("FIRESTORE_EMULATOR_JAR")
                .hasMessageContaining("FIRESTORE_EMULATOR_HOST=HOST:PORT")
                .hasMessageContaining(home.resolve(".cache/database-traffic").toString());
    }

    @Test
    void nothingIsDownloadedThatThisJavaCannotRun() {
        EmulatorRelease tooNew = new EmulatorRelease("emulator.jar", server.uri(), CONTENT.length, "", 99);

        assertThatThrownBy(() -> locator(Map.of(), tooNew).readyOrDownloaded())
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining("needs Java 99")
                .hasMessageContaining("FIRESTORE_EMULATOR_JAVA");
        assertThat(server.requests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:", "localhost:x", "host:80/path", "a b:80", ":8080"})
    void aHostThatIsNoHostAndPortIsRefusedByName(String value) {
        assertThatThrownBy(() -> locate(Map.of("FIRESTORE_EMULATOR_HOST", value)))
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining("FIRESTORE_EMULATOR_HOST is \"" + value + "\"");
    }

    @Test
    void aNamedJarThatIsMissingIsAnErrorNotAReasonToSearchOn() throws IOException {
        sdkIn(home.resolve("google-cloud-sdk"));

        assertThatThrownBy(() -> locate(Map.of("FIRESTORE_EMULATOR_JAR", home + "/missing.jar")))
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining("no file can be read there");
    }

    private static EmulatorLocator.Location jar(Path path) {
        return new EmulatorLocator.Location.Jar(path);
    }

    private EmulatorLocator.Location locate(Map<String, String> environment) throws IOException {
        return locator(environment, release()).readyOrDownloaded();
    }

    private EmulatorLocator locator(Map<String, String> environment, EmulatorRelease... releases) {
        return new EmulatorLocator(
                environment, home, List.of(home.resolve("usual")), List.of(releases), jar -> Optional.empty(), NOWHERE);
    }

    private EmulatorRelease release() {
        return new EmulatorRelease(
                "emulator.jar", URI.create(server.uri() + "/emulator.jar"), CONTENT.length, server.sha256(), 17);
    }

    private static Path sdkIn(Path folder) throws IOException {
        Path jar = folder.resolve("platform/cloud-firestore-emulator/cloud-firestore-emulator.jar");
        Files.createDirectories(jar.getParent());
        return Files.writeString(jar, "jar");
    }

    private static Path cached(Path folder, byte[] content) throws IOException {
        return Files.write(Files.createDirectories(folder).resolve("emulator.jar"), content);
    }
}
