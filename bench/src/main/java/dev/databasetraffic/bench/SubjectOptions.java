package dev.databasetraffic.bench;

import dev.databasetraffic.bench.running.GoSubject;
import dev.databasetraffic.bench.running.JavaVersion;
import dev.databasetraffic.bench.running.JvmSubject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** What is measured, and how it is run. */
final class SubjectOptions {

    static final String PLANTS = "plants-service";
    static final String SPRING = "obvious Spring";
    static final String GO = "plain Go";

    @Option(
            names = "--root",
            defaultValue = ".",
            description = "the project's folder, built with -Pbench (default: the current one)")
    private Path root = Path.of(".");

    @Option(
            names = "--java",
            converter = JavaExecutable.class,
            description = "java that runs the JVM's subjects (default: the one that runs this)")
    private Path java = Path.of(System.getProperty("java.home"), "bin", "java");

    @Option(
            names = "--jvm-arguments",
            split = " ",
            defaultValue = "-Xms64m -Xmx128m -XX:+UseSerialGC -XX:SurvivorRatio=6 -XX:TargetSurvivorRatio=90"
                    + " -XX:+IgnoreUnrecognizedVMOptions -XX:+UseCompactObjectHeaders -XX:CICompilerCount=3"
                    + " -XX:TrimNativeHeapInterval=5000",
            description = "for both JVM subjects; the default is what the image's settings come to in a container of "
                    + "512 MiB, which is the limit that k8s/plants.yaml sets")
    private List<String> jvmArguments = List.of();

    /** The project's folder. */
    Path root() {
        return root.toAbsolutePath();
    }

    Path page() {
        return root.resolve("bench").resolve("README.md");
    }

    Path results() {
        return root.resolve("bench").resolve("results");
    }

    /** The recipe of the project's images. */
    Path dockerfile() throws IOException {
        return existing(root.resolve("Dockerfile"));
    }

    Path goDockerfile() throws IOException {
        return existing(root.resolve("bench/peers/go/Dockerfile"));
    }

    Path istio() {
        return root.resolve("istio").toAbsolutePath();
    }

    /** The command line of the rehearsal. */
    Path rehearse() throws IOException {
        return existing(root.resolve("rehearse"));
    }

    /** The jar of the rehearsal, which names what it needs. */
    Path engineJar() throws IOException {
        return onlyJar(root.resolve("rehearsal/engine"), "engine");
    }

    /** What of the rehearsal is not shipped. */
    Path engineTests() throws IOException {
        return existing(root.resolve("rehearsal/engine/target/test-classes"));
    }

    /** The service whose delay is known. */
    Path knownDelay() throws IOException {
        return existing(root.resolve("bench/target/peer-known"));
    }

    /** What opens loops. */
    Path arrivals() throws IOException {
        return existing(root.resolve("bench/target/peer-arrivals"));
    }

    /** What loads a proxy with bytes. */
    Path bytesPeer() throws IOException {
        return existing(root.resolve("bench/target/peer-bytes"));
    }

    /** The load of a bounded number of virtual users. */
    Path users() throws IOException {
        return existing(root.resolve("bench/target/peer-users"));
    }

    /** The folder of the JMH benchmark's jar, with what it needs in {@code lib}. */
    Path guardBench() throws IOException {
        return existing(root.resolve("bench/guard/target"));
    }

    Path java() {
        return java;
    }

    /** As a container that has no more than one tells a JVM, which has fewer threads at work then. */
    void haveOneProcessor() {
        jvmArguments = Stream.concat(jvmArguments.stream(), Stream.of("-XX:ActiveProcessorCount=1"))
                .toList();
    }

    List<String> jvmArguments() {
        return jvmArguments;
    }

    Path plantsJar() throws IOException {
        return onlyJar(root.resolve("plants-service"), "plants-service");
    }

    Path springJar() throws IOException {
        return onlyJar(root.resolve("bench/peers/spring"), "bench-peer-spring");
    }

    JvmSubject plants() throws IOException {
        return JvmSubject.ofBootJar(PLANTS, java, plantsJar(), jvmArguments);
    }

    JvmSubject spring() throws IOException {
        return JvmSubject.ofBootJar(SPRING, java, springJar(), jvmArguments);
    }

    GoSubject go() throws IOException {
        return new GoSubject(GO, existing(root.resolve("bench/target/peer-go")));
    }

    Map<String, String> described() throws IOException, InterruptedException {
        Map<String, String> settings = new TreeMap<>();
        settings.put("JVM of the services", JavaVersion.of(java).text());
        settings.put("JVM arguments", "`" + String.join(" ", jvmArguments) + "`");
        return settings;
    }

    private static Path onlyJar(Path module, String prefix) throws IOException {
        Path target = existing(module.resolve("target"));
        try (var files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> notBuilt(target))
                    .toAbsolutePath();
        }
    }

    private static Path existing(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw notBuilt(path);
        }
        return path.toAbsolutePath();
    }

    private static IOException notBuilt(Path path) {
        return new IOException(
                path + " is missing: run bench/run, which builds what it needs, from the project's folder.");
    }
}
