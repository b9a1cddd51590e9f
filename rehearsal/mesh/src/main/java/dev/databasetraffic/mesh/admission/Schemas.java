package dev.databasetraffic.mesh.admission;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The recorded schemas, of which each is parsed when it is first asked for; {@code .ci/record-schemas} writes them. */
final class Schemas {

    static final Schemas RECORDED = new Schemas();

    private static final JsonMapper JSON = new JsonMapper();

    /** By {@code apiVersion kind} or, for what several kinds share, by {@code #name}. */
    private final Map<String, String> texts = new TreeMap<>();

    private final Map<String, JsonNode> parsed = new ConcurrentHashMap<>();

    private Schemas() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Schemas.class.getResourceAsStream("schemas.jsonl")), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int tab = line.indexOf('\t');
                int kind = line.lastIndexOf(' ', tab);
                for (String version : line.substring(0, Math.max(kind, 0)).split(",")) {
                    texts.put(version + line.substring(Math.max(kind, 0), tab), line.substring(tab + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The versions that the schemas were recorded from, by product. */
    Map<String, String> versions() {
        JsonNode versions = schema("versions");
        Map<String, String> byProduct = new TreeMap<>();
        versions.properties()
                .forEach(each -> byProduct.put(each.getKey(), each.getValue().asText()));
        return byProduct;
    }

    /** The schema of a kind; null if it was not recorded. */
    @Nullable
    JsonNode of(String apiVersion, String kind) {
        String name = apiVersion + " " + kind;
        return texts.containsKey(name) ? schema(name) : null;
    }

    /** The schema itself, or the one that it refers to. */
    JsonNode resolved(JsonNode schema) {
        JsonNode reference = schema.path("$ref");
        return reference.isMissingNode() ? schema : schema("#" + reference.asText());
    }

    /** The schema of the metadata that every resource has. */
    JsonNode metadata() {
        return schema("#io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta");
    }

    private JsonNode schema(String name) {
        return parsed.computeIfAbsent(name, unparsed -> {
            try {
                return JSON.readTree(Objects.requireNonNull(texts.get(unparsed)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The versions of a group in which a kind is to be had. */
    List<String> versions(String group, String kind) {
        return kinds(group).stream()
                .filter(name -> name.endsWith(" " + kind))
                .map(name -> name.substring(0, name.indexOf(' ')))
                .toList();
    }

    /** The kinds of a group, each as {@code apiVersion kind}; none if the group was not recorded. */
    List<String> kinds(String group) {
        String start = group.isEmpty() ? "v1 " : group + "/";
        return texts.keySet().stream().filter(name -> name.startsWith(start)).toList();
    }
}
