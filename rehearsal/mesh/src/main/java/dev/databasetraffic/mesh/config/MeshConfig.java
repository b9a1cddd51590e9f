package dev.databasetraffic.mesh.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.Settings;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.model.MeshOptions.OutboundTraffic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Istio's MeshConfig, as far as it decides what the model says.
 *
 * @param options what it sets, and Istio's defaults for the rest
 * @param read the members that were taken from it
 * @param unread the members that it has besides, which say nothing of where connections go, or are not modelled
 * @see <a href="https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/">Istio: Global Mesh Options</a>
 */
public record MeshConfig(MeshOptions options, List<String> read, List<String> unread) {

    private static final String OUTBOUND = "outboundTrafficPolicy";
    private static final String ROOT = "rootNamespace";

    /** The ConfigMap that istiod reads it from, in the root namespace. */
    public static final String CONFIG_MAP = "istio";

    /** Where istiod looks for it: this member of the ConfigMap's data. */
    private static final String CONFIG_MAP_KEY = "mesh";

    /**
     * Reads a file that holds a MeshConfig, or the ConfigMap {@code istio} around it, or an IstioOperator or Helm's values
     * that have one as {@code meshConfig}.
     *
     * @throws ManifestException if the file cannot be read, or a member that is taken from it has no valid value
     */
    public static MeshConfig read(Path file) throws ManifestException {
        Settings settings = Settings.read(file);
        JsonNode tree = settings.tree();
        String kind = tree.path("kind").asText();
        if (kind.equals("ConfigMap")) {
            return ofConfigMap(file, tree);
        }
        if (kind.equals("IstioOperator")) {
            settings = settings.inside("spec");
        } else if (!kind.isEmpty()) {
            throw settings.invalid("kind", "is " + kind + "; a MeshConfig was expected, or the ConfigMap istio");
        }
        return of(settings.tree().has("meshConfig") ? settings.inside("meshConfig") : settings);
    }

    /**
     * @param name what the ConfigMap is called in what is said about it
     * @throws ManifestException if there is none in it, or none that is valid
     */
    public static MeshConfig ofConfigMap(Path name, JsonNode configMap) throws ManifestException {
        JsonNode text = configMap.path("data").path(CONFIG_MAP_KEY);
        if (!text.isTextual()) {
            throw Settings.of(name, "{}").invalid("data." + CONFIG_MAP_KEY, "is missing; istiod reads its text");
        }
        return of(Settings.of(Path.of(name + ", data." + CONFIG_MAP_KEY), text.asText()));
    }

    private static MeshConfig of(Settings settings) throws ManifestException {
        List<String> read = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        settings.tree().fieldNames().forEachRemaining(unread::add);
        MeshOptions defaults = MeshOptions.DEFAULTS;
        MeshOptions options = new MeshOptions(
                outboundTraffic(settings, read).orElse(defaults.outboundTraffic()),
                text(settings, ROOT, read).orElse(defaults.rootNamespace()),
                defaults.clusterDomain(),
                texts(settings, "defaultServiceExportTo", read).orElse(defaults.defaultServiceExportTo()),
                texts(settings, "defaultVirtualServiceExportTo", read).orElse(defaults.defaultVirtualServiceExportTo()),
                texts(settings, "defaultDestinationRuleExportTo", read)
                        .orElse(defaults.defaultDestinationRuleExportTo()));
        unread.removeAll(read);
        return new MeshConfig(options, List.copyOf(read), List.copyOf(unread));
    }

    private static Optional<OutboundTraffic> outboundTraffic(Settings settings, List<String> read)
            throws ManifestException {
        JsonNode policy = settings.tree().path(OUTBOUND);
        if (policy.isMissingNode() || policy.isNull()) {
            return Optional.empty();
        }
        if (!policy.isObject()) {
            throw settings.invalid(OUTBOUND, "must be a mapping with a mode");
        }
        read.add(OUTBOUND);
        JsonNode mode = policy.path("mode");
        if (mode.isMissingNode() || mode.isNull()) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(OutboundTraffic.values())
                .filter(each -> each.name().equals(mode.asText()))
                .findFirst()
                .orElseThrow(() -> settings.inside(OUTBOUND)
                        .invalid("mode", "must be one of " + Arrays.toString(OutboundTraffic.values()))));
    }

    private static Optional<String> text(Settings settings, String member, List<String> read) throws ManifestException {
        JsonNode value = settings.tree().path(member);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.asText().isBlank()) {
            throw settings.invalid(member, "must be a text");
        }
        read.add(member);
        return Optional.of(value.asText());
    }

    private static Optional<List<String>> texts(Settings settings, String member, List<String> read)
            throws ManifestException {
        JsonNode value = settings.tree().path(member);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode each : value) {
            texts.add(each.asText());
        }
        if (!value.isArray() || texts.contains("")) {
            throw settings.invalid(member, "must be a list of namespaces, or of \".\" or \"*\"");
        }
        read.add(member);
        return Optional.of(List.copyOf(texts));
    }
}
