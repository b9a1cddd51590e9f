package dev.databasetraffic.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.databases.Database;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.faults.Connections;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentFile;
import dev.databasetraffic.rehearsal.experiment.Outcome;
import dev.databasetraffic.rehearsal.experiment.Phase;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import dev.databasetraffic.rehearsal.experiment.Progress;
import dev.databasetraffic.rehearsal.experiment.Rehearsal;
import dev.databasetraffic.rehearsal.experiment.Run;
import dev.databasetraffic.rehearsal.local.LocalPlace;
import dev.databasetraffic.rehearsal.matrix.WireOutage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The experiment beside the service, on a real PostgreSQL. */
@Tag("long")
class OrdersRehearsalIT {

    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Path FOLDER = Path.of("").toAbsolutePath();

    /** What callers of the cured service wait for at most, and what a busy machine adds to it. */
    private static final Duration TOLD_WITHIN = Duration.ofSeconds(4);

    @TempDir
    private Path logs;

    @Test
    void callersOfThePoolAsItComesAreLeftWaiting() throws Exception {
        Run run = run("default", Progress.SILENT);

        assertThat(longestWait(run)).as("%s", run.checks()).isGreaterThan(TOLD_WITHIN);
    }

    /** And orders that vanish behind the service's back, or are there twice, are found to the last. */
    @Test
    void callersOfTheCuredPoolAreToldAndTheLedgerIsExact() throws Exception {
        Run run = run("cured", new Tampering());

        assertThat(run.figures().failures().count()).isPositive();
        assertThat(run.figures().failures().p99()).as("%s", run.checks()).isLessThan(TOLD_WITHIN);
        assertThat(run.account().count(Outcome.NOT_WRITTEN)).isPositive();
        assertThat(run.figures().recover()).isNotNull().isLessThan(TOLD_WITHIN);
        assertThat(run.account().comparison()).isNotNull().satisfies(stored -> {
            assertThat(stored.acknowledgedLost()).isEqualTo(Tampering.TAKEN);
            assertThat(stored.duplicates()).isEqualTo(Tampering.DOUBLED);
            assertThat(stored.phantoms()).isZero();
        });
        assertThat(run.held()).isFalse();
    }

    /** Of those who were served in the end, too: an outage shorter than their patience passes as a delay. */
    private static Duration longestWait(Run run) {
        return run.figures().phases().stream()
                .filter(phase -> phase.phase() == Phase.OUTAGE)
                .map(phase -> phase.acknowledged().max())
                .reduce(run.figures().failures().max(), (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    private Run run(String variant, Progress progress) throws Exception {
        Experiment experiment = frozen();
        PlaceOptions options = new PlaceOptions(HOME, logs, 0, Duration.ofSeconds(1), Map.of(), line -> {});
        LocalPlace local = LocalPlace.open(
                options, experiment, FOLDER, experiment.variantsOrEmpty().get(variant));
        if (progress instanceof Tampering tampering) {
            tampering.database = local.database();
        }
        try (Place place = WireOutage.in(local, experiment.fault())) {
            return new Rehearsal(experiment, Path.of("frozen"), place, progress).run();
        }
    }

    private static Experiment frozen() throws Exception {
        Experiment written = ExperimentFile.read(FOLDER.resolve("experiment.yaml"));
        return written.with(
                written.title(),
                Experiment.Fault.named("frozen", Connections.LEFT),
                new Experiment.Phases(
                        Duration.ofSeconds(2), Duration.ofSeconds(9), Duration.ofSeconds(6), Duration.ofSeconds(20)),
                written.load(),
                written.tolerances());
    }

    /** Somebody who changes the table when everything is settled. */
    private static final class Tampering implements Progress {

        static final int TAKEN = 3;
        static final int DOUBLED = 2;

        private @Nullable Database database;

        @Override
        public void phase(Phase phase, Duration length) {
            if (phase != Phase.VERIFY) {
                return;
            }
            Database tampered = Objects.requireNonNull(database);
            Login login = tampered.login();
            String url = "jdbc:postgresql://" + tampered.address() + "/" + login.database();
            try (Connection connection = DriverManager.getConnection(url, login.user(), login.password());
                    Statement statement = connection.createStatement()) {
                statement.execute("alter table orders drop constraint orders_pkey");
                statement.execute("delete from orders where reference in"
                        + " (select reference from orders where reference like 'rehearsal-%' order by 1 limit " + TAKEN
                        + ")");
                statement.execute(
                        "insert into orders (select reference, 1 from orders where reference like 'rehearsal-%'"
                                + " order by 1 limit " + DOUBLED + ")");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void tick(Tick tick) {}

        @Override
        public void event(Duration at, String what) {}
    }
}
