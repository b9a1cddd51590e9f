package dev.databasetraffic.mesh.manifest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One resource in a manifest file. */
public final class Manifest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Fabric8's classes take any member; the API server takes only what the resource has. */
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .build();

    /** The kinds that manifests of meshes come with; to the API server they are the cluster's. */
    private static final Set<String> IN_NO_NAMESPACE = Set.of(
            "Namespace",
            "GatewayClass",
            "CustomResourceDefinition",
            "ClusterRole",
            "ClusterRoleBinding",
            "MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration",
            "PersistentVolume",
            "StorageClass",
            "PriorityClass",
            "IngressClass",
            "APIService",
            "Node");

    private final Path file;
    private final Document document;
    private final String defaultNamespace;

    Manifest(Path file, Document document, String defaultNamespace) {
        this.file = file;
        this.document = document;
        this.defaultNamespace = defaultNamespace;
    }

    /**
     * Reads every resource of a file, or of the files lying directly in a folder, in the order in which {@code kubectl
     * apply -f} takes them.
     *
     * @throws ManifestException if something there is not a manifest
     */
    public static List<Manifest> read(Path fileOrFolder) throws ManifestException {
        return new ManifestReader().read(List.of(fileOrFolder)).orThrow();
    }

    public Path file() {
        return file;
    }

    /** All that it says. It is shared and must not be changed. */
    public JsonNode tree() {
        return document.tree();
    }

    public String apiVersion() {
        return tree().path("apiVersion").asText();
    }

    public String kind() {
        return tree().path("kind").asText();
    }

    public String name() {
        return tree().path("metadata").path("name").asText();
    }

    /** The namespace that it names, or else the one that was given for those that name none. */
    public String namespace() {
        String named = tree().path("metadata").path("namespace").asText("");
        return named.isEmpty() ? defaultNamespace : named;
    }

    public Map<String, String> labels() {
        return texts("labels");
    }

    public Map<String, String> annotations() {
        return texts("annotations");
    }

    private Map<String, String> texts(String member) {
        Map<String, String> texts = new LinkedHashMap<>();
        tree().path("metadata")
                .path(member)
                .properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
        return texts;
    }

    /** Whether applying this resource replaces the other, as both are the same object to the API server. */
    public boolean replaces(Manifest other) {
        return kind().equals(other.kind())
                && namespace().equals(other.namespace())
                && name().equals(other.name())
                && group().equals(other.group());
    }

    /** This manifest once it is applied over an object that there is already, and whose age it keeps. */
    public Manifest over(Manifest existing) {
        JsonNode created = existing.tree().path("metadata").path("creationTimestamp");
        ObjectNode aged = tree().deepCopy();
        aged.withObjectProperty("metadata").set("creationTimestamp", created);
        return new Manifest(file, new Document(aged, document.lines()), defaultNamespace);
    }

    /** The API group: {@code networking.istio.io}, or empty for the core group. */
    public String group() {
        int slash = apiVersion().indexOf('/');
        return slash < 0 ? "" : apiVersion().substring(0, slash);
    }

    /**
     * The resource as one of fabric8's model classes.
     *
     * @throws ManifestException if a member has another type than the class wants, or, in a resource of Istio's, is none
     *     that the class knows
     */
    public <T> T as(Class<T> type) throws ManifestException {
        try {
            return (group().endsWith("istio.io") ? STRICT : JSON).convertValue(tree(), type);
        } catch (IllegalArgumentException e) {
            if (e.getCause() instanceof UnrecognizedPropertyException unknown) {
                throw unknown(unknown);
            }
            throw new ManifestException(
                    file,
                    line(),
                    "is not a valid " + kind() + ": " + firstLine(e) + "; kubectl apply"
                            + " --dry-run=server --validate=strict -f " + file + " explains more",
                    e);
        }
    }

    private ManifestException unknown(UnrecognizedPropertyException e) {
        List<Object> steps = e.getPath().stream()
                .<Object>map(step -> step.getFieldName() == null ? step.getIndex() : step.getFieldName())
                .toList();
        List<String> known =
                e.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
        return new ManifestException(
                file,
                line(steps),
                kind() + " has no member "
                        + steps.stream().map(String::valueOf).collect(Collectors.joining(".")) + "; known there are "
                        + String.join(", ", known),
                e);
    }

    /** The line, from 1, on which the resource starts. */
    public int line() {
        return document.lines().at();
    }

    /**
     * The line, from 1, of the value that a path of member names and list indices leads to, or of its nearest parent
     * that exists.
     */
    public int line(Object... path) {
        return line(List.of(path));
    }

    /** The line, from 1, of the value that a path leads to, or of its nearest parent that exists. */
    public int line(List<?> path) {
        return document.lines().of(path);
    }

    Lines lines() {
        return document.lines();
    }

    @Override
    public String toString() {
        return kind() + " " + (IN_NO_NAMESPACE.contains(kind()) ? "" : namespace() + "/") + name();
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
