package dev.databasetraffic.mesh.manifest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** One resource in a manifest file. */
public final class Manifest {

    private static final long MAX_BYTES = 3 << 20;

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

    private final Path file;
    private final Node node;
    private final JsonNode tree;

    private Manifest(Path file, Node node, JsonNode tree) {
        this.file = file;
        this.node = node;
        this.tree = tree;
    }

    /**
     * Reads every resource of a file, or of the files lying directly in a folder, in the order in which {@code kubectl
     * apply -f} takes them.
     *
     * @throws ManifestException if something there is not a manifest
     */
    public static List<Manifest> read(Path fileOrFolder) throws ManifestException {
        List<Manifest> all = new ArrayList<>();
        for (Path file : files(fileOrFolder)) {
            all.addAll(readFile(file));
        }
        return all;
    }

    public Path file() {
        return file;
    }

    public String apiVersion() {
        return tree.path("apiVersion").asText();
    }

    public String kind() {
        return tree.path("kind").asText();
    }

    public String name() {
        return tree.path("metadata").path("name").asText();
    }

    public String namespace() {
        return tree.path("metadata").path("namespace").asText("default");
    }

    public JsonNode tree() {
        return tree;
    }

    public java.util.Map<String, String> labels() {
        return strings("labels");
    }

    public java.util.Map<String, String> annotations() {
        return strings("annotations");
    }

    private java.util.Map<String, String> strings(String member) {
        java.util.Map<String, String> strings = new java.util.LinkedHashMap<>();
        tree.path("metadata")
                .path(member)
                .fields()
                .forEachRemaining(
                        each -> strings.put(each.getKey(), each.getValue().asText()));
        return strings;
    }

    /** Whether applying this resource replaces the other, as both are the same object to the API server. */
    public boolean replaces(Manifest other) {
        return kind().equals(other.kind())
                && namespace().equals(other.namespace())
                && name().equals(other.name())
                && group().equals(other.group());
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
            return (group().endsWith("istio.io") ? STRICT : JSON).convertValue(tree, type);
        } catch (IllegalArgumentException e) {
            if (e.getCause() instanceof UnrecognizedPropertyException unknown) {
                throw unknown(unknown);
            }
            throw new ManifestException(
                    file + ":" + line() + ": is not a valid " + kind() + ": " + firstLine(e) + "; kubectl apply"
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
                file + ":" + line(steps.toArray()) + ": " + kind() + " has no member "
                        + steps.stream().map(String::valueOf).collect(Collectors.joining(".")) + "; known there are "
                        + String.join(", ", known),
                e);
    }

    /** The line, from 1, on which the resource starts. */
    public int line() {
        return node.getStartMark().getLine() + 1;
    }

    /**
     * The line, from 1, of the value that a path of member names and list indices leads to, or of its nearest parent
     * that exists.
     */
    public int line(Object... path) {
        Node at = node;
        int line = line();
        for (Object step : path) {
            Node next = null;
            if (step instanceof Integer index && at instanceof SequenceNode list) {
                next = index < list.getValue().size() ? list.getValue().get(index) : null;
                line = next == null ? line : next.getStartMark().getLine() + 1;
            } else if (at instanceof MappingNode mapping) {
                for (NodeTuple member : mapping.getValue()) {
                    if (member.getKeyNode() instanceof ScalarNode key
                            && key.getValue().equals(step)) {
                        next = member.getValueNode();
                        line = key.getStartMark().getLine() + 1;
                    }
                }
            }
            if (next == null) {
                return line;
            }
            at = next;
        }
        return line;
    }

    @Override
    public String toString() {
        return kind() + " " + namespace() + "/" + name();
    }

    private static List<Path> files(Path fileOrFolder) throws ManifestException {
        if (!Files.isDirectory(fileOrFolder)) {
            return List.of(fileOrFolder);
        }
        try (Stream<Path> entries = Files.list(fileOrFolder)) {
            List<Path> files = entries.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches(".*\\.(ya?ml|json)"))
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new ManifestException(
                        fileOrFolder + ": no .yaml, .yml or .json file lies directly in this folder");
            }
            return files;
        } catch (IOException e) {
            throw new ManifestException(fileOrFolder + ": this folder cannot be listed (" + e + ")", e);
        }
    }

    private static List<Manifest> readFile(Path file) throws ManifestException {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Documents documents = new Documents(options);
        List<Manifest> manifests = new ArrayList<>();
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new ManifestException(file + ": is larger than 3 MiB, and so not a manifest");
            }
            try (var reader = Files.newBufferedReader(file)) {
                for (Node node : new Yaml(options).composeAll(reader)) {
                    JsonNode tree = JSON.valueToTree(documents.toObject(node));
                    if (tree.isNull()) {
                        continue;
                    }
                    if (!tree.path("kind").isTextual()
                            || !tree.path("apiVersion").isTextual()) {
                        throw new ManifestException(
                                file + ":" + (node.getStartMark().getLine() + 1)
                                        + ": is not a Kubernetes manifest, because apiVersion and kind are missing");
                    }
                    manifests.add(new Manifest(file, node, tree));
                }
            }
        } catch (NoSuchFileException e) {
            throw new ManifestException(file + ": there is no such file", e);
        } catch (IOException e) {
            throw new ManifestException(file + ": cannot be read as UTF-8 text (" + e + ")", e);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw new ManifestException(file + ":" + line + ": is not YAML: " + e.getProblem(), e);
        } catch (YAMLException e) {
            throw new ManifestException(file + ": is not YAML: " + firstLine(e), e);
        }
        return manifests;
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** Opens the step from composed nodes, which know their lines, to plain objects. */
    private static final class Documents extends SafeConstructor {

        Documents(LoaderOptions options) {
            super(options);
        }

        Object toObject(Node node) {
            return constructDocument(node);
        }
    }
}
