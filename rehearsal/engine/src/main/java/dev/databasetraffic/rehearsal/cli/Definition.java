package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentException;
import dev.databasetraffic.rehearsal.experiment.ExperimentFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An experiment and the file that it is in. */
record Definition(Path file, Experiment experiment) {

    static final String DEFAULT = "experiments/black-hole.yaml";

    /**
     * Reads it.
     *
     * @param file null for the one of this suite
     * @throws ExperimentException if it cannot be read or is not an experiment
     */
    static Definition read(@Nullable Path file) throws ExperimentException {
        Path read = file == null ? Options.home().resolve(DEFAULT) : file;
        return new Definition(read, ExperimentFile.read(read));
    }

    /** With a manifest in place of the experiment's outage; null for that. */
    Definition withFault(@Nullable Path manifest) {
        return manifest == null
                ? this
                : new Definition(
                        file,
                        experiment.with(
                                experiment.title(),
                                Experiment.Fault.applied(manifest.toString()),
                                experiment.phases(),
                                experiment.load(),
                                experiment.tolerances()));
    }

    /** What the experiment's paths are relative to. */
    Path folder() {
        return file.toAbsolutePath().normalize().resolveSibling("");
    }
}
