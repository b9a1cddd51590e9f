package dev.databasetraffic.bench.running;

import dev.databasetraffic.kit.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.JarFile;

/** A Boot jar taken apart as Boot's own tools do it, and a cache of its classes from a training run. */
public final class ExtractedJar {

    /** The first JDK that writes its AOT cache at the end of the training run itself: JEP 514. */
    private static final int AOT_CACHE_SINCE = 25;

    private static final Duration EXTRACTED_WITHIN = Duration.ofMinutes(2);

    private ExtractedJar() {}

    /** What is done with the service while its cache is made. */
    public interface Training {
        void run(Service service) throws IOException, InterruptedException;
    }

    /** What the tables call a jar that was prepared so for this JDK. */
    public static String form(int feature) {
        return feature >= AOT_CACHE_SINCE ? "extracted, AOT cache" : "extracted, class archive";
    }

    /**
     * Takes the subject's Boot jar apart and trains it past its first writes.
     *
     * @param feature the version of the subject's Java
     * @param folder a new one; the cache gets the name {@code cache} in it
     * @return the same subject, to be run from there
     */
    public static JvmSubject trained(
            JvmSubject subject, int feature, BenchDatabase database, Path folder, Training training)
            throws IOException, InterruptedException {
        extract(subject, folder);
        Path jar = folder.resolve(subject.jar().getFileName());
        JvmSubject thin = new JvmSubject(
                subject.name(), subject.java(), jar, mainClass(jar), subject.jvmArguments(), subject.settings());
        Path cache = cache(folder);
        String output = feature >= AOT_CACHE_SINCE ? "-XX:AOTCacheOutput=" : "-XX:ArchiveClassesAtExit=";
        String use = feature >= AOT_CACHE_SINCE ? "-XX:AOTCache=" : "-XX:SharedArchiveFile=";
        Path logs = Files.createDirectories(folder.resolve("training"));
        try (Service service = thin.withJvmArgument(output + cache).start(database.endpoint(), database, logs)) {
            service.awaitFirstWrite();
            training.run(service);
        }
        if (!Files.exists(cache)) {
            throw new IOException("The training run wrote no cache; see " + logs);
        }
        return thin.withJvmArgument(use + cache);
    }

    public static Path cache(Path folder) {
        return folder.resolve("cache");
    }

    private static void extract(JvmSubject subject, Path folder) throws IOException, InterruptedException {
        Command extraction = Command.of(
                subject.java().toString(),
                "-Djarmode=tools",
                "-jar",
                subject.jar().toString(),
                "extract",
                "--destination",
                folder.toString());
        extraction.succeed(EXTRACTED_WITHIN);
    }

    private static String mainClass(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue("Main-Class");
        }
    }
}
