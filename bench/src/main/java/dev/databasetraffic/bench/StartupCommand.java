package dev.databasetraffic.bench;

import dev.databasetraffic.bench.load.Load;
import dev.databasetraffic.bench.report.Machine;
import dev.databasetraffic.bench.report.Start;
import dev.databasetraffic.bench.report.StartResults;
import dev.databasetraffic.bench.running.BenchDatabase;
import dev.databasetraffic.bench.running.ExtractedJar;
import dev.databasetraffic.bench.running.JavaVersion;
import dev.databasetraffic.bench.running.JvmSubject;
import dev.databasetraffic.bench.running.ProcessUse;
import dev.databasetraffic.bench.running.Service;
import dev.databasetraffic.bench.running.Subject;
import dev.databasetraffic.kit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "startup",
        mixinStandardHelpOptions = true,
        description = "From the start of the process to its first acknowledged write, beside the same peers.")
final class StartupCommand implements Callable<Integer> {

    @Mixin
    private SubjectOptions subjects = new SubjectOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Mixin
    private JdkOption jdks = new JdkOption();

    @Option(
            names = "--rounds",
            converter = Count.class,
            defaultValue = "3",
            description = "starts of each (default: ${DEFAULT-VALUE})")
    private int rounds;

    private record Contestant(Subject subject, String runtime, String form, double megabytes, double cacheMegabytes) {}

    @Override
    public Integer call() throws Exception {
        Instant startedAt = Instant.now();
        Machine machine = Machine.thisOne();
        Path folder = Files.createTempDirectory("bench-");
        try (BenchDatabase database = BenchDatabase.start(folder)) {
            List<Contestant> contestants = prepare(database, folder);
            List<Start> starts = new ArrayList<>();
            List<Contestant> order = new ArrayList<>(contestants);
            for (int round = 1; round <= rounds; round++) {
                for (Contestant contestant : order) {
                    starts.add(start(contestant, round, database, folder));
                }
                Collections.rotate(order, -1);
            }
            StartResults results = new StartResults(startedAt, machine, settings(), starts);
            output.write(subjects, "startup", results, results.markdown());
            return 0;
        } finally {
            Folders.delete(folder);
        }
    }

    /** The training runs warm the emulator up as well. */
    private List<Contestant> prepare(BenchDatabase database, Path folder) throws IOException, InterruptedException {
        List<Contestant> contestants = new ArrayList<>();
        for (Path java : jdks.javas(subjects)) {
            for (JvmSubject subject : List.of(subjects.plants(), subjects.spring())) {
                JavaVersion version = JavaVersion.of(java);
                int feature = version.feature();
                String runtime = "JVM " + version.text();
                double size = megabytes(subject.jar());
                JvmSubject jar = subject.on(java);
                contestants.add(new Contestant(jar, runtime, "jar", size, 0));
                Path extracted = Files.createTempDirectory(folder, "extracted-");
                System.err.println("training " + subject.name() + " on " + runtime);
                JvmSubject trained = ExtractedJar.trained(
                        jar, feature, database, extracted, service -> Load.train(service, extracted));
                contestants.add(new Contestant(
                        trained, runtime, ExtractedJar.form(feature), size, megabytes(ExtractedJar.cache(extracted))));
            }
        }
        contestants.add(new Contestant(
                subjects.go(), "–", "binary", megabytes(subjects.go().executable()), 0));
        return contestants;
    }

    private static Start start(Contestant contestant, int round, BenchDatabase database, Path folder)
            throws IOException, InterruptedException {
        try (Service service = contestant.subject().start(database.endpoint(), database, folder)) {
            Duration toFirstWrite = service.awaitFirstWrite();
            Duration cpu = ProcessUse.cpu(service.pid());
            double resident = ProcessUse.residentBytes(service.pid()) / 1e6;
            System.err.printf(
                    Locale.ROOT,
                    "round %d  %-16s %-20s %-26s %.2f s%n",
                    round,
                    contestant.subject().name(),
                    contestant.runtime(),
                    contestant.form(),
                    toFirstWrite.toMillis() / 1000.0);
            return new Start(
                    contestant.subject().name(),
                    contestant.runtime(),
                    contestant.form(),
                    round,
                    toFirstWrite.toNanos() / 1e9,
                    cpu.toNanos() / 1e9,
                    resident,
                    contestant.megabytes(),
                    contestant.cacheMegabytes());
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("rounds", Integer.toString(rounds));
        settings.put("JVM arguments", "`" + String.join(" ", subjects.jvmArguments()) + "`");
        return settings;
    }

    private static double megabytes(Path file) throws IOException {
        return Files.size(file) / 1e6;
    }
}
