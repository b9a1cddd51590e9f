package dev.databasetraffic.bench.running;

import dev.databasetraffic.kit.ChildJvm;
import dev.databasetraffic.kit.JvmLaunch;
import dev.databasetraffic.kit.LoopbackPorts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A Spring Boot service: plants-service, or the peer that takes the same settings.
 *
 * @param java the executable to run it with
 * @param jar the Boot jar, or the thin jar of an extracted one
 */
public record JvmSubject(
        String name, Path java, Path jar, String mainClass, List<String> jvmArguments, List<String> settings)
        implements Subject {

    /** The main class of a Spring Boot jar. */
    private static final String BOOT_LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

    /** Long enough for a class archive or an AOT cache to be written at the end of a training run. */
    private static final Duration GRACE = Duration.ofSeconds(120);

    private static final String READINESS = "/actuator/health/readiness";

    public static JvmSubject ofBootJar(String name, Path java, Path jar, List<String> jvmArguments) {
        return new JvmSubject(name, java, jar, BOOT_LAUNCHER, jvmArguments, List.of());
    }

    public JvmSubject named(String newName) {
        return new JvmSubject(newName, java, jar, mainClass, jvmArguments, settings);
    }

    public JvmSubject on(Path otherJava) {
        return new JvmSubject(name, otherJava, jar, mainClass, jvmArguments, settings);
    }

    public JvmSubject withSetting(String setting) {
        return new JvmSubject(name, java, jar, mainClass, jvmArguments, plus(settings, setting));
    }

    public JvmSubject withJvmArgument(String argument) {
        return new JvmSubject(name, java, jar, mainClass, plus(jvmArguments, argument), settings);
    }

    @Override
    public Service start(String endpoint, BenchDatabase database, Path folder) throws IOException {
        int port = LoopbackPorts.free();
        int management = LoopbackPorts.free();
        List<String> arguments = new ArrayList<>(jvmArguments);
        arguments.add("-Djavax.net.ssl.trustStore=" + database.trustStore());
        arguments.add("-Djavax.net.ssl.trustStorePassword=" + database.trustStorePassword());
        List<String> options = new ArrayList<>(settings);
        options.addAll(List.of(
                "--server.address=127.0.0.1",
                "--server.port=" + port,
                "--management.server.address=127.0.0.1",
                "--management.server.port=" + management,
                "--plants.firestore.endpoint=" + endpoint,
                "--plants.firestore.authority=" + BenchDatabase.AUTHORITY,
                "--plants.firestore.project=" + BenchDatabase.PROJECT,
                "--plants.firestore.credentials=emulator"));
        long startedAt = System.nanoTime();
        ChildJvm child = JvmLaunch.named("service")
                .java(java)
                .classPath(jar)
                .jvmArguments(arguments)
                .main(mainClass, options)
                .withoutVariables("FIRESTORE_EMULATOR_HOST")
                .workFolder(folder)
                .grace(GRACE)
                .start();
        URI readiness = URI.create("http://127.0.0.1:" + management + READINESS);
        return new Service(startedAt, port, true, readiness, child.log(), child.pid(), child);
    }

    private static List<String> plus(List<String> list, String last) {
        List<String> longer = new ArrayList<>(list);
        longer.add(last);
        return List.copyOf(longer);
    }
}
