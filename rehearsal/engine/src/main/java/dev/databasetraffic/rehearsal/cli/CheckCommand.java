package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.mesh.check.Trap;
import dev.databasetraffic.mesh.cluster.ClusterException;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.ManifestReader;
import dev.databasetraffic.mesh.manifest.Reading;
import dev.databasetraffic.rehearsal.checking.CheckReport;
import dev.databasetraffic.rehearsal.checking.Checker;
import dev.databasetraffic.rehearsal.checking.FailOn;
import dev.databasetraffic.rehearsal.checking.Selection;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "check",
        description = "Explains traps in mesh manifests before they bite: rules accepted and then ignored or stretched."
                + " All files together are taken as one mesh's configuration. docs/checks.md explains each finding.",
        mixinStandardHelpOptions = true,
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0    nothing that --fail-on names was found",
            "  1    something was",
            "  2    bad usage, or a file that cannot be read",
            "  3    the cluster could not be read, or the report not be written"
        })
final class CheckCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "Manifests, folders of which the files lying directly in them are taken, as kubectl does, or -"
                            + " for standard input.")
    private List<Path> files = List.of();

    @Option(names = "--recursive", description = "Take folders inside of folders too.")
    private boolean recursive;

    @Option(
            names = "--fail-on",
            paramLabel = "WHAT",
            defaultValue = "trap",
            description = "What leads to exit code 1: refused, trap (and what is refused), unknown (and those), never."
                    + " Default: ${DEFAULT-VALUE}.")
    private FailOn failOn = FailOn.TRAP;

    @Option(
            names = "--only",
            paramLabel = "ID",
            split = ",",
            converter = TrapConverter.class,
            description = "Tell of these kinds of findings alone.")
    private Set<Trap> only = Set.of();

    @Option(
            names = "--without",
            paramLabel = "ID",
            split = ",",
            converter = TrapConverter.class,
            description = "Tell nothing of these kinds of findings.")
    private Set<Trap> without = Set.of();

    @Mixin
    private CheckedMeshOptions mesh = new CheckedMeshOptions();

    @Mixin
    private CheckOutputOptions output = new CheckOutputOptions();

    @Override
    public Integer call() throws ManifestException, PlaceException, IOException {
        if (files.isEmpty() && mesh.cluster() == null) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "there is nothing to check: name files or folders, - for standard input, or --on kubernetes");
        }
        Reading reading = new ManifestReader(recursive, mesh.namespace()).read(files);
        Checker checker = new Checker(
                reading, mesh.cluster(), mesh.settings(), new Selection(only, without), mesh.tellsOfEveryone());
        CheckReport report;
        try {
            report = checker.check();
        } catch (ClusterException e) {
            throw new PlaceException(String.valueOf(e.getMessage()), e);
        }
        output.write(report, failOn);
        if (!report.problems().isEmpty()) {
            report.problems().forEach(problem -> System.err.println("rehearse: " + problem));
            return Exit.BAD_INPUT;
        }
        return report.fails(failOn) ? Exit.DID_NOT_HOLD : Exit.HELD;
    }
}
