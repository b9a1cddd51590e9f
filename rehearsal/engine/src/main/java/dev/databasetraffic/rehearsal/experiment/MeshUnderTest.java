package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The healthy mesh, as far as it is known on this machine, and who the service is in it. */
public record MeshUnderTest(
        @JsonPropertyDescription("files and folders of its manifests, relative to this file, e.g. [../k8s, ../istio]")
        List<String> manifests,

        @JsonPropertyDescription("the namespace of the service, e.g. shop")
        String namespace,

        @JsonPropertyDescription("labels of the service's pods, e.g. {app: shop}") @Nullable
        Map<String, String> labels) {

    public MeshUnderTest {
        InvalidMember.blank("namespace", namespace);
        manifests = List.copyOf(manifests);
    }

    /** One without manifests, for an experiment that says nothing of it. */
    public static MeshUnderTest of(String service) {
        return new MeshUnderTest(List.of(), "default", Map.of("app", service));
    }

    public Map<String, String> labelsOrEmpty() {
        return labels == null ? Map.of() : labels;
    }
}
