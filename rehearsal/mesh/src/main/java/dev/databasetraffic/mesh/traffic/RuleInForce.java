package dev.databasetraffic.mesh.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Cluster;
import dev.databasetraffic.mesh.model.FilterChain;
import dev.databasetraffic.mesh.model.Origin;
import dev.databasetraffic.mesh.model.Target;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rule that leads a host's connections, by what the mesh makes of it and not by what it says.
 *
 * @param host whose connections
 * @param name kind, namespace and name of the resource
 * @param source where it was applied from; empty if that is not known
 * @param text the resource as YAML; likewise
 * @param shares where they are led
 */
public record RuleInForce(String host, String name, String source, String text, List<Destination> shares) {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build();

    private static final List<String> BY_THE_API_SERVER =
            List.of("creationTimestamp", "generation", "managedFields", "resourceVersion", "uid");
    private static final String BY_KUBECTL = "kubectl.kubernetes.io/last-applied-configuration";

    /**
     * A part of the connections.
     *
     * @param target as HOST:PORT
     * @param weight out of the sum of all weights; 0 if that is not known
     */
    public record Destination(String target, int weight) {}

    /** @return empty if no rule made the chain: the host goes its own way */
    public static Optional<RuleInForce> of(String host, @Nullable FilterChain chain) {
        if (chain == null
                || !(chain.origin() instanceof Origin.Route route)
                || !(chain.target() instanceof Target.Clusters clusters)) {
            return Optional.empty();
        }
        List<Destination> shares = clusters.shares().stream()
                .map(share -> new Destination(Cluster.readable(share.cluster()), share.weight()))
                .toList();
        Manifest manifest = route.manifest();
        return Optional.of(new RuleInForce(
                host, manifest.toString(), manifest.file() + ":" + manifest.line(), yaml(manifest), shares));
    }

    private static String yaml(Manifest manifest) {
        try {
            return YAML.writeValueAsString(asApplied(manifest.tree()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without what an API server adds to it, and kubectl. */
    private static JsonNode asApplied(JsonNode tree) {
        JsonNode applied = tree.deepCopy();
        if (applied.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(BY_THE_API_SERVER);
            if (metadata.path("annotations") instanceof ObjectNode annotations) {
                annotations.remove(BY_KUBECTL);
                if (annotations.isEmpty()) {
                    metadata.remove("annotations");
                }
            }
        }
        return applied;
    }

    /** The same, of which nobody knows where it was applied from. */
    public RuleInForce withoutSource() {
        return new RuleInForce(host, name, "", text, shares);
    }

    /** Whether both lead the host to the same places, whatever the shares. */
    public boolean leadsAs(RuleInForce other) {
        return host.equals(other.host) && targets().equals(other.targets());
    }

    private Set<String> targets() {
        return shares.stream().map(Destination::target).collect(Collectors.toSet());
    }

    /** What it does, in a sentence. */
    public String sentence() {
        int all = shares.stream().mapToInt(Destination::weight).sum();
        String targets = shares.stream()
                .map(share -> shares.size() == 1 || all == 0
                        ? share.target()
                        : "%s (%d %%)".formatted(share.target(), Math.round(100.0 * share.weight() / all)))
                .collect(Collectors.joining(" or "));
        return "New connections to " + host + " are led to " + (shares.isEmpty() ? "nowhere" : targets) + ".";
    }
}
