package dev.databasetraffic.rehearsal.cli;

import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.router.OutageFolder;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.local.RunningSystem;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "outage",
        description = "Starts or stops an outage of the system that ./rehearse up keeps running.",
        mixinStandardHelpOptions = true)
final class OutageCommand implements Runnable {

    static final String DEFAULT_OUTAGE = "istio/outage/black-hole.yaml";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandLine commandLine = spec == null ? new CommandLine(this) : spec.commandLine();
        throw new ParameterException(commandLine, "outage: say start or stop");
    }

    @Command(description = "Applies an outage's manifest.", mixinStandardHelpOptions = true)
    int start(
            @Parameters(
                            paramLabel = "FILE",
                            arity = "0..1",
                            description = "The manifest. By default: " + DEFAULT_OUTAGE + " of this suite.")
                    @Nullable
                    Path file,
            @Mixin Display display)
            throws PlaceException, ManifestException {
        Path outage = file == null ? Options.home().resolve(DEFAULT_OUTAGE) : file;
        OutageFolder.read(outage);
        RunningSystem.find(Options.home()).apply(outage);
        display.terminal().say("applied " + outage + "; end it with ./rehearse outage stop");
        return Exit.HELD;
    }

    @Command(description = "Removes every outage that is applied.", mixinStandardHelpOptions = true)
    int stop(@Mixin Display display) throws PlaceException {
        List<String> removed = RunningSystem.find(Options.home()).remove();
        display.terminal().say(removed.isEmpty() ? "no outage was applied" : "removed " + String.join(", ", removed));
        return Exit.HELD;
    }
}
