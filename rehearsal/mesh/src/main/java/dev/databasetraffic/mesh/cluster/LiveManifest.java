package dev.databasetraffic.mesh.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.ManifestReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A resource of a cluster, in the form and with the lines in which {@code kubectl get -o yaml} prints it. */
final class LiveManifest {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private LiveManifest() {}

    /** @param item of a list, which may leave out apiVersion and kind */
    static Manifest of(ResourceType type, JsonNode item) throws ManifestException {
        ObjectNode resource = item.deepCopy();
        resource.put("apiVersion", type.groupVersion());
        resource.put("kind", type.kind());
        JsonNode metadata = resource.path("metadata");
        if (metadata instanceof ObjectNode members) {
            members.remove("managedFields");
        }
        Path name = LiveMesh.FOLDER
                .resolve(metadata.path("namespace").asText())
                .resolve(type.plural())
                .resolve(metadata.path("name").asText() + ".yaml");
        return new ManifestReader()
                .read(name, new ByteArrayInputStream(yaml(resource)))
                .orThrow()
                .get(0);
    }

    private static byte[] yaml(JsonNode resource) {
        try {
            Map<?, ?> sorted = YAML.convertValue(resource, TreeMap.class);
            return YAML.writeValueAsString(sorted).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
