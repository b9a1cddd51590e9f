package dev.databasetraffic.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EmbeddedFirestoreMainIT {

    private static final int SIGTERM_EXIT = 143;

    @Test
    void aChildSaysWhereItListensAndEndsWhenItIsTold() throws Exception {
        Process child = java("--port=0");
        try (BufferedReader output = child.inputReader(StandardCharsets.UTF_8)) {
            // Libraries may have said something before: Netty does so on a machine without a network.
            String ready = output.lines()
                    .filter(line -> line.startsWith("The embedded Firestore stand-in is ready at 127.0.0.1:"))
                    .findFirst()
                    .orElseThrow();
            FirestoreOptions options = FirestoreOptions.newBuilder()
                    .setProjectId("child")
                    .setEmulatorHost(ready.substring(ready.lastIndexOf(' ') + 1))
                    .build();
            try (Firestore client = options.getService()) {
                client.document("a/1").set(Map.of("x", 1)).get();
                assertThat(client.document("a/1").get().get().getLong("x")).isEqualTo(1);
            }

            child.destroy();

            assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).isEqualTo(SIGTERM_EXIT);
        } finally {
            child.destroyForcibly();
        }
    }

    @Test
    void whatItDoesNotUnderstandItSays() throws Exception {
        Process child = java("--prot=1");
        try (BufferedReader errors = child.errorReader(StandardCharsets.UTF_8)) {
            assertThat(errors.lines()).first().asString().isEqualTo("\"--prot=1\" is no option.");
            assertThat(child.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).isEqualTo(2);
        } finally {
            child.destroyForcibly();
        }
    }

    private static Process java(String argument) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EmbeddedFirestoreMain.class.getName(),
                        argument)
                .start();
    }
}
