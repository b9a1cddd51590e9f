package dev.databasetraffic.mesh.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The API server's answers to GET, as they are: fabric8's classes would lose the members that they do not know. */
final class ApiServer {

    private static final JsonMapper JSON = new JsonMapper();

    /** Of items in an answer; the rest is asked for. */
    private static final int PAGE = 500;

    private final KubernetesClient client;

    ApiServer(KubernetesClient client) {
        this.client = client;
    }

    /** What of a group is in namespaces and can be listed; empty if the cluster does not have it. */
    List<ResourceType> typesOf(String group) {
        JsonNode versions = get("/apis/" + group);
        if (versions.isMissingNode()) {
            return List.of();
        }
        String version = versions.path("preferredVersion").path("groupVersion").asText();
        List<ResourceType> types = new ArrayList<>();
        for (JsonNode resource : get("/apis/" + version).path("resources")) {
            boolean listed = false;
            for (JsonNode verb : resource.path("verbs")) {
                listed |= verb.asText().equals("list");
            }
            if (listed && resource.path("namespaced").asBoolean()) {
                types.add(new ResourceType(
                        version,
                        resource.path("kind").asText(),
                        resource.path("name").asText()));
            }
        }
        return types;
    }

    /**
     * All items of a kind.
     *
     * @param namespace empty for all of them
     */
    List<JsonNode> list(ResourceType type, String namespace) {
        List<JsonNode> items = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = get(type.path(namespace) + "?limit=" + PAGE
                    + (next.isEmpty() ? "" : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8)));
            page.path("items").forEach(items::add);
            next = page.path("metadata").path("continue").asText("");
        } while (!next.isEmpty());
        return items;
    }

    /** @return null if there is none */
    @Nullable
    JsonNode get(ResourceType type, String namespace, String name) {
        JsonNode resource = get(type.path(namespace) + "/" + name);
        return resource.isMissingNode() ? null : resource;
    }

    private JsonNode get(String path) {
        String answer;
        try {
            answer = client.raw(path);
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return MissingNode.getInstance();
            }
            throw e;
        }
        try {
            return answer == null ? MissingNode.getInstance() : JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            String what = "it answers " + path + " with something else than JSON";
            throw new KubernetesClientException(what, HttpURLConnection.HTTP_OK, null);
        }
    }

    /** The API server's own words if it said something, or else those of the deepest cause. */
    static String reason(KubernetesClientException e) {
        if (e.getStatus() != null && e.getStatus().getMessage() != null) {
            return e.getStatus().getMessage();
        }
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
