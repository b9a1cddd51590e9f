package dev.databasetraffic.corpus;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A file of the corpus: what of it the mesh reads, and who asks. Pods and their kin are left out, for what a proxy gets
 * does not depend on them.
 *
 * @param mesh settings of the mesh's configuration, by their names there
 */
record CorpusFile(Path file, List<Asker> askers, Map<String, String> mesh, List<GenericKubernetesResource> objects) {

    private static final Pattern READ =
            Pattern.compile("v1:Service|(networking|security)\\.istio\\.io/.*|gateway\\.networking\\.k8s\\.io/.*");
    private static final YAMLMapper YAML = new YAMLMapper();

    static CorpusFile read(Path file) throws IOException {
        List<Asker> askers = new ArrayList<>();
        Map<String, String> mesh = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("# proxy: ")) {
                askers.add(Asker.parse(line.substring("# proxy: ".length())));
            } else if (line.startsWith("# mesh: ")) {
                mesh.putAll(Pairs.parse(
                        Arrays.asList(line.substring("# mesh: ".length()).split("\\s+"))));
            }
        }
        List<GenericKubernetesResource> objects = new ArrayList<>();
        try (MappingIterator<GenericKubernetesResource> documents =
                YAML.readerFor(GenericKubernetesResource.class).readValues(file.toFile())) {
            while (documents.hasNext()) {
                GenericKubernetesResource object = documents.next();
                if (READ.matcher(object.getApiVersion() + ":" + object.getKind())
                        .matches()) {
                    objects.add(object);
                }
            }
        }
        return new CorpusFile(file, askers.isEmpty() ? List.of(Asker.parse("sidecar")) : askers, mesh, objects);
    }

    Path record() {
        return file.resolveSibling(file.getFileName().toString().replaceFirst("\\.yaml$", ".json"));
    }

    /** Some clusters lack the Gateway API, and then do not refuse what it says but do not know it. */
    boolean needsGatewayApi() {
        return objects.stream().anyMatch(object -> object.getApiVersion().startsWith("gateway.networking.k8s.io/"));
    }

    boolean needsAmbient() {
        return askers.stream().anyMatch(asker -> asker.kind() == Asker.Kind.WAYPOINT);
    }
}
