package dev.databasetraffic.bench;

import dev.databasetraffic.bench.passing.Envoy;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Envoy's program. */
final class EnvoyOption {

    @Option(
            names = "--envoy",
            converter = ExecutableFile.class,
            description = "Envoy's program; what needs it is left out without")
    private @Nullable Path program;

    Optional<Envoy> envoy() {
        return Optional.ofNullable(program).map(Envoy::new);
    }
}
