package dev.databasetraffic.mesh;

import dev.databasetraffic.kit.Command;
import java.nio.file.Path;
import java.util.Map;

/** compose/outage, run on this machine instead of in Envoy's container. */
final class OutageScript {

    private final Path folder;

    /** @param folder where the script writes Envoy's listeners */
    OutageScript(Path folder) {
        this.folder = folder;
    }

    Command.Result run(String... arguments) {
        String[] command = new String[arguments.length + 2];
        command[0] = "sh";
        command[1] = "compose/outage";
        System.arraycopy(arguments, 0, command, 2, arguments.length);
        return Project.tryRun(Map.of("LISTENERS", folder.toString(), "OUTAGES", Project.OUTAGES.toString()), command);
    }

    EnvoyConfiguration configuration() {
        return EnvoyConfiguration.ofFiles(
                Project.HOME.resolve("compose/envoy.yaml"),
                folder.resolve("listeners.yaml"),
                "firestore.googleapis.com");
    }
}
