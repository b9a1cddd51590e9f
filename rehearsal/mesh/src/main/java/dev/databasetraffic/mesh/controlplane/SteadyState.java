package dev.databasetraffic.mesh.controlplane;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.admission.AdmissionControl;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.ManifestReader;
import dev.databasetraffic.mesh.model.MeshModel;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.model.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The system without an outage: its manifests, whose sidecar Envoy stands for, and who answers for the mesh's hosts. */
record SteadyState(List<Manifest> manifests, Workload workload, Containers containers, MeshOptions mesh) {

    /**
     * @throws ManifestException if a manifest cannot be read, or would not be taken by a cluster
     * @throws IOException if the workload is not among them, or nobody can be told to answer
     */
    static SteadyState read(ControlPlaneOptions options) throws ManifestException, IOException {
        List<Manifest> manifests = AdmissionControl.admit(
                new ManifestReader().read(options.manifests()).orThrow());
        return new SteadyState(
                manifests, workload(options, manifests), Containers.read(options.containers()), options.mesh());
    }

    /** Differs from an earlier answer when something was changed that is read. */
    static String version(ControlPlaneOptions options) throws IOException {
        List<Path> files = new ArrayList<>(List.of(options.containers()));
        for (Path path : options.manifests()) {
            try (Stream<Path> inside = Files.walk(path, 1)) {
                inside.filter(Files::isRegularFile).sorted().forEach(files::add);
            } catch (UncheckedIOException e) {
                // Such as that a file has gone since its folder was read.
                throw e.getCause();
            }
        }
        StringBuilder version = new StringBuilder();
        for (Path file : files) {
            version.append(file)
                    .append(' ')
                    .append(Files.getLastModifiedTime(file))
                    .append(' ')
                    .append(Files.size(file))
                    .append('\n');
        }
        return version.toString();
    }

    EnvoyResources with(List<Manifest> outage) {
        List<Manifest> all = new ArrayList<>(manifests);
        all.addAll(outage);
        return EnvoyResources.of(MeshModel.of(all, mesh).sidecar(workload), containers);
    }

    private static Workload workload(ControlPlaneOptions options, List<Manifest> manifests) throws IOException {
        Manifest deployment = manifests.stream()
                .filter(each -> each.kind().equals("Deployment"))
                .filter(each -> each.namespace().equals(options.namespace()))
                .filter(each -> each.name().equals(options.deployment()))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no Deployment %s in namespace %s in %s, so nobody whose"
                                .formatted(options.deployment(), options.namespace(), options.manifests())
                        + " sidecar Envoy could stand for"));
        Map<String, String> labels = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> label :
                deployment.tree().at("/spec/template/metadata/labels").properties()) {
            labels.put(label.getKey(), label.getValue().asText());
        }
        return new Workload(options.namespace(), labels);
    }
}
