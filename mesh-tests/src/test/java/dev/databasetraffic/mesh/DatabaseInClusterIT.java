package dev.databasetraffic.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentFile;
import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.experiment.Progress;
import dev.databasetraffic.rehearsal.experiment.Rehearsal;
import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.kubernetes.KubernetesPlace;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** examples/postgresql in the cluster that KUBECONFIG names: its database is a Service there, cut off by a tcp route. */
@EnabledIf(value = "dev.databasetraffic.mesh.ClusterIT#clusterIsThere", disabledReason = ClusterIT.NEED)
class DatabaseInClusterIT {

    private static final Path EXAMPLE = Project.HOME.resolve("examples/postgresql");

    /** No longer than the drain time of 5 s takes to be felt for. */
    private static final Experiment.Phases SHORT = new Experiment.Phases(
            Duration.ofSeconds(3), Duration.ofSeconds(12), Duration.ofSeconds(6), Duration.ofSeconds(20));

    @TempDir
    private Path logs;

    private boolean created;

    @AfterEach
    void end() {
        if (created) {
            Project.run("kubectl", "delete", "--ignore-not-found", "namespace", "orders", "plants");
        }
    }

    @Test
    void theCuredServiceKeepsItsWordWhileItsDatabaseIsSilent() throws Exception {
        ClusterIT.requireNone("orders", "plants");
        created = true;
        Project.run("kubectl", "apply", "--validate=strict", "-f", "k8s/00-namespace.yaml", "-f", "k8s/echo.yaml");
        Project.run("kubectl", "apply", "--validate=strict", "--warnings-as-errors", "-f", "examples/postgresql/k8s/");
        String password = UUID.randomUUID().toString();
        Project.run(
                "kubectl",
                "-n",
                "orders",
                "create",
                "secret",
                "generic",
                "postgresql",
                "--from-literal=user=orders",
                "--from-literal=database=orders",
                "--from-literal=password=" + password);
        Project.run("kubectl", "-n", "orders", "rollout", "status", "--timeout=300s", "deployment/postgresql");
        Project.run("kubectl", "-n", "orders", "set", "env", "deployment/orders", "SPRING_PROFILES_ACTIVE=cured");
        Project.run("kubectl", "-n", "orders", "rollout", "status", "--timeout=300s", "deployment/orders");
        Project.run("kubectl", "-n", "plants", "rollout", "status", "--timeout=300s", "deployment/echo");

        Run run = rehearse();

        assertThat(run.problem()).isNull();
        assertThat(run.broken()).isEmpty();
        assertThat(run.markers().diverted()).isNotNull();
        assertThat(run.account().count(Outcome.NOT_WRITTEN)).isPositive();
        assertThat(run.account().comparison())
                .isNotNull()
                .satisfies(stored -> assertThat(stored.stored())
                        .isGreaterThanOrEqualTo(run.account().count(Outcome.ACKNOWLEDGED)));
        assertThat(run.environment().get("Database")).contains("read in pod postgresql-");
        assertThat(run.toString()).as("all that a report is made of").doesNotContain(password);
    }

    private Run rehearse() throws Exception {
        Experiment written = ExperimentFile.read(EXAMPLE.resolve("experiment.yaml"));
        Experiment experiment =
                written.with(written.title(), written.fault(), SHORT, written.load(), written.tolerances());
        PlaceOptions options =
                new PlaceOptions(Project.HOME, logs, 0, Duration.ofSeconds(5), Map.of(), System.out::println);
        try (Place place = KubernetesPlace.open(options, experiment)) {
            Path outage = EXAMPLE.resolve(String.valueOf(written.fault().apply()));
            return new Rehearsal(experiment, outage, place, Progress.SILENT).run();
        }
    }
}
