package dev.databasetraffic.bench.generating;

import dev.databasetraffic.bench.load.LoadStage;
import dev.databasetraffic.bench.load.OpenLoad;
import dev.databasetraffic.bench.load.OpenRequest;
import dev.databasetraffic.bench.load.OpenResult;
import dev.databasetraffic.bench.running.ProcessUse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** That of the other benches' open loops. What it needs of memory is not told. */
public record ArrivalsGenerator(Path program, Path folder, int connections) implements Generator {

    @Override
    public String name() {
        return "arrivals";
    }

    @Override
    public Said run(URI service, int rate, int seconds) throws IOException, InterruptedException {
        Duration before = ProcessUse.cpuOfEndedChildren();
        OpenResult result = new OpenLoad(program, folder, connections)
                .run(
                        new InetSocketAddress(service.getHost(), service.getPort()),
                        OpenRequest.add("arrivals-"),
                        List.of(new LoadStage(rate, Duration.ofSeconds(seconds))))
                .get(0);
        Duration used = ProcessUse.cpuOfEndedChildren().minus(before);
        Generator.requireAll(name(), result.due() - result.notSent() - result.acknowledged());
        return new Said(
                result.notSent(),
                result.acknowledgedWithin(0.5),
                result.acknowledgedWithin(0.99),
                used.toNanos() / 1000.0 / Math.max(1, result.due() - result.notSent()),
                Double.NaN);
    }
}
