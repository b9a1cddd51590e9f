package dev.databasetraffic.mesh.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells what a file is that lies among manifests and is none. */
final class Foreign {

    /** What Helm's charts say and other users of double braces (Argo, Prometheus) do not. */
    private static final Pattern TEMPLATE =
            Pattern.compile("\\{\\{-?\\s*(/\\*|\\.Values|\\.Release|\\.Chart|\\.Capabilities|include\\b|template\\b"
                    + "|define\\b|if\\b|else\\b|range\\b|with\\b|end\\b|toYaml\\b|\\$)");

    private static final String TEMPLATE_TITLE = "a Helm template; render its chart with helm template, and check that";

    private static final Pattern CLAIM = Pattern.compile("(?m)^\\s*[\"']?(apiVersion|kind)[\"']?\\s*:");

    private Foreign() {}

    /** What a text is that could not be parsed; null if it may well be a manifest, though a broken one. */
    static @Nullable String text(String text) {
        if (isTemplate(text)) {
            return TEMPLATE_TITLE;
        }
        return CLAIM.matcher(text)
                                .results()
                                .map(claim -> claim.group(1))
                                .distinct()
                                .count()
                        == 2
                ? null
                : "a text that cannot be read and names no apiVersion and kind";
    }

    static boolean isTemplate(String text) {
        return text.contains("{{") && TEMPLATE.matcher(text).find();
    }

    /** Whether what names it, or what the mesh reads of it, is for Helm to fill in; other kinds may show braces to others. */
    private static boolean isQuotedTemplate(JsonNode tree) {
        String version = tree.path("apiVersion").asText();
        boolean ofTheMesh = version.contains("istio.io/")
                || version.startsWith("gateway.networking.k8s.io/")
                || tree.path("kind").asText().equals("Service");
        return isTemplate(version + tree.path("kind") + tree.path("metadata").path("name"))
                || isTemplate(tree.path("metadata").path("namespace").asText())
                || isTemplate(tree.path("metadata").path("labels").toString())
                || isTemplate(tree.at("/spec/template/metadata/labels").toString())
                || ofTheMesh && isTemplate(tree.path("spec").toString().replace("\\\"", "\""));
    }

    /** What a document is; null if it is a manifest or is meant to be one. */
    static @Nullable String document(Path file, JsonNode tree) {
        if (tree.isArray()) {
            JsonNode first = tree.path(0);
            return first.has("op") && first.has("path")
                    ? "a JSON patch, which changes manifests that lie elsewhere"
                    : "a list";
        }
        if (!tree.isObject()) {
            return "a single text";
        }
        String name = String.valueOf(file.getFileName());
        boolean kind = tree.has("kind");
        if (Kustomization.NAMES.contains(name) || Kustomization.isOne(tree)) {
            return "kustomize's own file; kubectl kustomize renders its folder";
        }
        if (isQuotedTemplate(tree)) {
            return TEMPLATE_TITLE;
        }
        if (kind && (tree.has("apiVersion") || tree.has("metadata") || tree.has("spec"))) {
            return null;
        }
        if (tree.has("apiVersion") && (tree.has("metadata") || tree.has("spec"))) {
            return null;
        }
        if (name.equals("Chart.yaml")) {
            return "a Helm chart's own file; helm template renders the chart";
        }
        if (name.matches("values.*\\.ya?ml")) {
            return "the values of a Helm chart";
        }
        if (tree.path("services").isObject()) {
            return "a file of docker-compose";
        }
        if (tree.path("jobs").isObject()) {
            return "a CI workflow";
        }
        return "a file with neither apiVersion nor kind";
    }
}
