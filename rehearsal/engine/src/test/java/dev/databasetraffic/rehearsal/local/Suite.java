package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentException;
import dev.databasetraffic.rehearsal.experiment.ExperimentFile;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import java.nio.file.Path;

/** The suite's own service on this machine, as its shipped experiment starts it. */
final class Suite {

    static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();
    static final Path EXPERIMENTS = HOME.resolve("experiments");

    private Suite() {}

    static Experiment experiment() {
        try {
            return ExperimentFile.read(EXPERIMENTS.resolve("black-hole.yaml"));
        } catch (ExperimentException e) {
            throw new IllegalStateException(e);
        }
    }

    static LocalPlace open(PlaceOptions options) throws PlaceException, InterruptedException {
        return LocalPlace.open(options, experiment(), EXPERIMENTS);
    }
}
