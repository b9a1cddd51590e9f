package dev.databasetraffic.rehearsal.compose;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.ManifestReader;
import dev.databasetraffic.mesh.model.MeshModel;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.mesh.traffic.RuleInForce;
import dev.databasetraffic.rehearsal.experiment.DatabaseUnderTest;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.MeshUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What manifests do beside the healthy ones that docker-compose.yml gives its mesh. */
final class ComposedRules {

    private ComposedRules() {}

    /** The rules of the outages that {@code docker compose exec envoy outage start} knows by name. */
    static List<RuleInForce> of(Path home, Experiment experiment) throws ManifestException, IOException {
        try (Stream<Path> files = Files.list(home.resolve("istio").resolve("outage"))) {
            return of(
                    home,
                    experiment,
                    files.filter(file -> file.toString().endsWith(".yaml"))
                            .sorted()
                            .toList());
        }
    }

    /** The rules that lead the database's connections, of each file by itself. */
    static List<RuleInForce> of(Path home, Experiment experiment, List<Path> outages) throws ManifestException {
        ManifestReader reader = new ManifestReader();
        List<Manifest> healthy =
                reader.read(List.of(home.resolve("k8s"), home.resolve("istio"))).orThrow();
        List<RuleInForce> rules = new ArrayList<>();
        for (Path outage : outages) {
            List<Manifest> all = new ArrayList<>(healthy);
            all.addAll(reader.read(List.of(outage)).orThrow());
            DatabaseUnderTest database = experiment.database();
            ProxyConfiguration sidecar = MeshModel.of(all, MeshOptions.DEFAULTS).sidecar(workload(experiment));
            sidecar.chain(database.host(), database.port(), database.isTls())
                    .flatMap(chain -> RuleInForce.of(database.host(), chain))
                    .ifPresent(rules::add);
        }
        return rules;
    }

    private static Workload workload(Experiment experiment) {
        MeshUnderTest mesh = experiment.meshOrDefault();
        return new Workload(mesh.namespace(), mesh.labelsOrEmpty());
    }
}
