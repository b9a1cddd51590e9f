package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.mesh.check.Finding;
import dev.databasetraffic.mesh.check.MeshCheck;
import dev.databasetraffic.mesh.check.Severity;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.model.MeshOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = "Explains traps in mesh manifests before they bite: rules accepted and then ignored or stretched."
                + " All files together are taken as one mesh's configuration. Exits with 1 if there is a trap.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "Manifests, or folders of which the files lying directly in them are taken, as kubectl does.")
    private List<Path> files = List.of();

    @Mixin
    private Display display = new Display();

    @Override
    public Integer call() throws ManifestException {
        Terminal terminal = display.terminal();
        List<Manifest> manifests = new ArrayList<>();
        for (Path file : files) {
            manifests.addAll(Manifest.read(file));
        }
        List<Finding> findings = MeshCheck.check(manifests, MeshOptions.DEFAULTS);
        findings.forEach(finding -> terminal.print(finding.toString()));
        long traps = findings.stream()
                .filter(finding -> finding.severity() == Severity.TRAP)
                .count();
        terminal.print(traps == 1 ? "1 trap" : (traps == 0 ? "no trap" : traps + " traps"));
        return traps == 0 ? Exit.HELD : Exit.DID_NOT_HOLD;
    }
}
