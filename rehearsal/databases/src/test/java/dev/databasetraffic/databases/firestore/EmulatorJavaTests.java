package dev.databasetraffic.databases.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatorJavaTests {

    private static final Path OWN = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    Path folder;

    @Test
    void thisJavaRunsWhatItIsNewEnoughFor() throws IOException {
        assertThat(EmulatorJava.forJar(jarOfJava(11), "a.Main", Map.of())).isEqualTo(OWN);
    }

    @Test
    void aJarThatIsTooNewIsToldWithTheVersionItNeeds() throws IOException {
        Path jar = jarOfJava(99);

        assertThatThrownBy(() -> EmulatorJava.forJar(jar, "a.Main", Map.of()))
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining("needs Java 99 or later")
                .hasMessageContaining("FIRESTORE_EMULATOR_JAVA");
    }

    @Test
    void aNewerJdkThatTheEnvironmentNamesIsUsed() throws IOException {
        Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"99.0.1\"\n");

        assertThat(EmulatorJava.forFeature(99, Map.of("JAVA_HOME", folder.toString())))
                .isEqualTo(folder.resolve("bin/java"));
        assertThat(EmulatorJava.forFeature(99, Map.of("FIRESTORE_EMULATOR_JAVA", OWN.toString())))
                .isEqualTo(OWN);
    }

    @Test
    void aNamedJavaThatCannotBeExecutedIsRefused() {
        assertThatThrownBy(() -> EmulatorJava.forFeature(11, Map.of("FIRESTORE_EMULATOR_JAVA", folder + "/java")))
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining("cannot be executed");
    }

    @Test
    void aFileThatIsNoEmulatorIsToldSo() throws IOException {
        Path jar = jarOfJava(11);
        Path text = Files.writeString(folder.resolve("text.jar"), "text");

        assertThatThrownBy(() -> EmulatorJava.forJar(jar, "b.Main", Map.of()))
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining("is not a Firestore emulator");
        assertThatThrownBy(() -> EmulatorJava.forJar(text, "b.Main", Map.of()))
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining("cannot be read as a jar file");
    }

    private Path jarOfJava(int feature) throws IOException {
        Path jar = folder.resolve("emulator.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry("a/Main.class"));
            out.write(new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, (byte) (feature + 44)});
        }
        return jar;
    }
}
