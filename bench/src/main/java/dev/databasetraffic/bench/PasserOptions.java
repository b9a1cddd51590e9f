package dev.databasetraffic.bench;

import dev.databasetraffic.bench.passing.Envoy;
import dev.databasetraffic.bench.passing.Passer;
import dev.databasetraffic.bench.passing.RouterPasser;
import dev.databasetraffic.bench.passing.Toxiproxy;
import dev.databasetraffic.bench.running.JavaVersion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who passes bytes, beside the router. */
final class PasserOptions {

    static final String DIRECT = "direct";
    static final String ROUTER = "the router";

    private static final String LEFT_OUT = "left out, as there was none";

    @Mixin
    private EnvoyOption envoy = new EnvoyOption();

    @Option(
            names = "--toxiproxy",
            converter = ExecutableFile.class,
            description = "toxiproxy's program (default: toxiproxy-server on the PATH, if it is there)")
    private @Nullable Path toxiproxy;

    List<Passer> passers(SubjectOptions subjects) {
        List<Passer> passers = new ArrayList<>();
        passers.add(Passer.nobody(DIRECT));
        passers.add(new RouterPasser(ROUTER, subjects.java(), subjects.istio()));
        envoy.envoy().ifPresent(passers::add);
        toxiproxy().map(Toxiproxy::new).ifPresent(passers::add);
        return passers;
    }

    Map<String, String> described(SubjectOptions subjects) throws IOException, InterruptedException {
        Map<String, String> settings = new TreeMap<>();
        settings.put("JVM of the router", JavaVersion.of(subjects.java()).text() + " without arguments");
        Optional<Envoy> there = envoy.envoy();
        settings.put(Envoy.NAME, there.isEmpty() ? LEFT_OUT : there.get().version());
        Optional<Path> found = toxiproxy();
        settings.put(Toxiproxy.NAME, found.isEmpty() ? LEFT_OUT : new Toxiproxy(found.get()).version());
        return settings;
    }

    private Optional<Path> toxiproxy() {
        return Optional.ofNullable(toxiproxy).or(() -> onPath("toxiproxy-server"));
    }

    private static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program).toAbsolutePath())
                .filter(ExecutableFile::isProgram)
                .findFirst();
    }
}
