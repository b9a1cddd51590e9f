package dev.databasetraffic.bench;

import dev.databasetraffic.bench.load.Load;
import dev.databasetraffic.bench.running.BenchDatabase;
import dev.databasetraffic.bench.running.ExtractedJar;
import dev.databasetraffic.bench.running.JavaVersion;
import dev.databasetraffic.bench.running.JvmSubject;
import dev.databasetraffic.bench.running.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** In which forms the service is started, and beside whom. */
final class FormOptions {

    private static final Set<String> KNOWN = Set.of("image", "jar", "go", "spring");

    @Mixin
    private JdkOption jdks = new JdkOption();

    @Option(
            names = "--subjects",
            split = ",",
            description = "which of image (the jar taken apart, with a cache of its classes), jar, go and spring")
    private List<String> chosen;

    /** @param chosen unless others are asked for */
    FormOptions(List<String> chosen) {
        this.chosen = chosen;
    }

    /** @param text such as {@code 25, jar} */
    record Form(Subject subject, String text) {}

    /**
     * In the order in which they are to be measured first.
     *
     * @param folder where the extracted ones go
     */
    List<Form> prepared(SubjectOptions subjects, Path folder) throws IOException, InterruptedException {
        for (String name : chosen) {
            if (!KNOWN.contains(name)) {
                throw new IOException("--subjects: " + name + " is none of image, jar, go and spring");
            }
        }
        List<Form> forms = new ArrayList<>();
        try (BenchDatabase database = BenchDatabase.start(folder)) {
            for (Path java : jdks.javas(subjects)) {
                int version = JavaVersion.of(java).feature();
                JvmSubject plants = subjects.plants().on(java);
                if (chosen.contains("image")) {
                    System.err.println("training " + plants.name() + " on JVM " + version);
                    Path extracted = Files.createTempDirectory(folder, "extracted-");
                    forms.add(new Form(
                            ExtractedJar.trained(
                                    plants, version, database, extracted, service -> Load.train(service, extracted)),
                            version + ", " + ExtractedJar.form(version)));
                }
                if (chosen.contains("jar")) {
                    forms.add(new Form(plants, version + ", jar"));
                }
                if (chosen.contains("spring")) {
                    forms.add(new Form(subjects.spring().on(java), version + ", jar"));
                }
            }
        }
        if (chosen.contains("go")) {
            forms.add(new Form(subjects.go(), "binary"));
        }
        return forms;
    }
}
