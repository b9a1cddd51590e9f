package dev.databasetraffic.mesh.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.ManifestReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Manifests that come on top of the others until they are taken away.
 *
 * @param name what they are called in what is said about them
 */
record Outage(Path name, byte[] text, List<Manifest> manifests) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "outage.json";

    /** @throws ManifestException if they cannot be read */
    static Outage of(Path name, byte[] text) throws ManifestException {
        return new Outage(
                name,
                text,
                new ManifestReader().read(name, new ByteArrayInputStream(text)).orThrow());
    }

    /** Keeps it for the next start of this process. */
    void keep(EnvoyFolder folder) throws IOException {
        folder.put(
                FILE,
                JSON.writeValueAsBytes(
                        Map.of("name", name.toString(), "text", new String(text, StandardCharsets.UTF_8))));
    }

    static void forget(EnvoyFolder folder) throws IOException {
        Files.deleteIfExists(folder.folder().resolve(FILE));
    }

    /** The one that was kept, if there is one. */
    static Optional<Outage> kept(EnvoyFolder folder) throws IOException, ManifestException {
        Path file = folder.folder().resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        JsonNode kept = JSON.readTree(file.toFile());
        return Optional.of(of(
                Path.of(kept.path("name").asText()), kept.path("text").asText().getBytes(StandardCharsets.UTF_8)));
    }
}
