package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.databases.Database;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a report says of this machine and of what runs on it. */
final class LocalEnvironment {

    private LocalEnvironment() {}

    /** @param database the one that was started; null if it runs elsewhere */
    static Map<String, String> of(PlaceOptions options, LocalDefinition definition, @Nullable Database database) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("Java", Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
        environment.put("System", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        environment.put("Processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
        String host = definition.database().host();
        environment.put(
                "Database",
                (database == null ? "at " + definition.database().address() : database.description())
                        + (definition.database().isTls() ? ", behind TLS as " : ", as ")
                        + host);
        environment.put(
                "Mesh",
                "router on this machine"
                        + (definition.mesh().manifests().isEmpty()
                                ? ""
                                : ", reading "
                                        + String.join(", ", definition.mesh().manifests())));
        environment.put("Drain time", options.drain().toMillis() / 1000.0 + " s");
        options.serviceProperties()
                .forEach((key, value) -> environment.put(definition.service().name() + ": " + key, value));
        return environment;
    }
}
