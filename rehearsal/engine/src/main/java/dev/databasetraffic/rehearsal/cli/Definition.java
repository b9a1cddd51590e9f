package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.router.OutageFolder;
import dev.databasetraffic.rehearsal.experiment.Experiment;
import dev.databasetraffic.rehearsal.experiment.ExperimentException;
import dev.databasetraffic.rehearsal.experiment.ExperimentFile;
import dev.databasetraffic.rehearsal.page.OutageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An experiment, the file that it is in, and what the command line adds to it.
 *
 * @param variant the service's other settings; null for the service as it is
 */
record Definition(Path file, Experiment experiment, Experiment.@Nullable Variant variant) {

    static final String DEFAULT = "experiments/black-hole.yaml";

    /**
     * Reads it.
     *
     * @param file null for the one of this suite
     * @throws ExperimentException if it cannot be read or is not an experiment
     */
    static Definition read(@Nullable Path file) throws ExperimentException {
        Path read = file == null ? Options.home().resolve(DEFAULT) : file;
        return new Definition(read, ExperimentFile.read(read), null);
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
                                experiment.tolerances()),
                        variant);
    }

    /**
     * With one of the experiment's variants; null for the service as it is.
     *
     * @throws ExperimentException if there is none of that name
     */
    Definition withVariant(@Nullable String name) throws ExperimentException {
        if (name == null) {
            return this;
        }
        Experiment.Variant named = experiment.variantsOrEmpty().get(name);
        if (named == null) {
            throw new ExperimentException("--variant: " + file + " has no '" + name + "'; it has "
                    + (experiment.variantsOrEmpty().isEmpty()
                            ? "none"
                            : String.join(", ", experiment.variantsOrEmpty().keySet())));
        }
        return new Definition(file, experiment, named);
    }

    /** The outage's manifest; null for a fault of the wire. */
    @Nullable
    Path outage() {
        String apply = experiment.fault().apply();
        return apply == null ? null : folder().resolve(apply).normalize();
    }

    /**
     * The outage's manifest and those that lie beside it, in the order of their names; what is no manifest, or is one
     * that a cluster would not take, is left out.
     *
     * @throws ExperimentException if the outage is none, or cannot be read
     * @throws ManifestException if it is not what a cluster would take
     */
    List<Path> outages() throws ExperimentException, ManifestException {
        Path own = outage();
        if (own == null) {
            throw new ExperimentException(
                    file + ": fault.wire is no manifest; give fault.apply, e.g. ../istio/outage/black-hole.yaml");
        }
        requireReadable(own, "fault.apply in " + file);
        OutageFolder.read(own);
        try {
            return Stream.concat(Stream.of(own), OutageFiles.of(own.resolveSibling("")).stream())
                    .distinct()
                    .filter(Definition::isManifest)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ExperimentException("What lies beside " + own + " cannot be read: " + e);
        }
    }

    /** @param by which names it */
    static void requireReadable(Path manifest, String by) throws ExperimentException {
        if (!Files.isReadable(manifest) || Files.isDirectory(manifest)) {
            throw new ExperimentException(manifest + ": there is no such manifest, or it cannot be read; " + by
                    + " names it, e.g. istio/outage/black-hole.yaml");
        }
    }

    private static boolean isManifest(Path file) {
        try {
            OutageFolder.read(file);
            return true;
        } catch (ManifestException e) {
            return false;
        }
    }

    /** What the experiment's paths are relative to. */
    Path folder() {
        return file.toAbsolutePath().normalize().resolveSibling("");
    }
}
