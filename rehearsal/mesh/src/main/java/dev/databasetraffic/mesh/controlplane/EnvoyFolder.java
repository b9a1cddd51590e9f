package dev.databasetraffic.mesh.controlplane;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** The folder of Envoy's resources: a file that is moved there takes effect at once, and outlives this process. */
record EnvoyFolder(Path folder) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param version what Envoy shows for them once it has taken them */
    void writeClusters(String version, EnvoyResources resources) throws IOException {
        write("clusters.json", version, resources.clusters());
    }

    void writeListeners(String version, EnvoyResources resources) throws IOException {
        write("listeners.json", version, resources.listeners());
    }

    private void write(String name, String version, List<Map<String, Object>> resources) throws IOException {
        put(name, JSON.writeValueAsBytes(Map.of("version_info", version, "resources", resources)));
    }

    /** Appears whole or not at all. */
    void put(String name, byte[] content) throws IOException {
        Path next = folder.resolve(name + ".next");
        Files.write(next, content);
        Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
