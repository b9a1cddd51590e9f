package dev.databasetraffic.rehearsal.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.local.StoredPlants;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Reads back what is stored: from the emulator, past the mesh, where there is one; else through the service's list. */
abstract class Database {

    private static final int EMULATOR_PORT = 8080;

    abstract Map<String, Integer> countByName(String prefix) throws PlaceException;

    static Database of(KubernetesClient client, Connections connections, String namespace, URI service)
            throws PlaceException {
        var emulators = client.pods()
                .inNamespace(namespace)
                .withLabel("app", "firestore-emulator")
                .list()
                .getItems();
        ConfigMap settings = client.configMaps()
                .inNamespace(namespace)
                .withName("plants-settings")
                .get();
        if (emulators.isEmpty() || settings == null) {
            return new Listed(service);
        }
        Pod emulator = emulators.get(0);
        return new Emulated(new StoredPlants(
                connections.toPod(emulator.getMetadata().getName(), EMULATOR_PORT),
                settings.getData().getOrDefault("GOOGLE_CLOUD_PROJECT", "")));
    }

    private static final class Emulated extends Database {

        private final StoredPlants plants;

        Emulated(StoredPlants plants) {
            this.plants = plants;
        }

        @Override
        Map<String, Integer> countByName(String prefix) throws PlaceException {
            return plants.countByName(prefix);
        }

        @Override
        public String toString() {
            return "Firestore emulator in the cluster";
        }
    }

    private static final class Listed extends Database {

        private static final Duration TIMEOUT = Duration.ofSeconds(30);
        private static final ObjectMapper JSON = new ObjectMapper();

        private final URI service;
        private final HttpClient http = HttpClient.newHttpClient();

        Listed(URI service) {
            this.service = service;
        }

        @Override
        Map<String, Integer> countByName(String prefix) throws PlaceException {
            Map<String, Integer> counts = new TreeMap<>();
            String token = "";
            do {
                JsonNode page = page(token);
                for (JsonNode plant : page.path("plants")) {
                    String name = plant.path("name").asText();
                    if (name.startsWith(prefix)) {
                        counts.merge(name, 1, Integer::sum);
                    }
                }
                token = page.path("nextPageToken").asText("");
            } while (!token.isEmpty());
            return counts;
        }

        private JsonNode page(String token) throws PlaceException {
            URI uri = service.resolve("/plants"
                    + (token.isEmpty() ? "" : "?pageToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8)));
            try {
                HttpResponse<byte[]> response = http.send(
                        HttpRequest.newBuilder(uri).timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() != 200) {
                    throw new PlaceException(
                            "The plants could not be read back: " + uri + " answered " + response.statusCode() + ".");
                }
                return JSON.readTree(response.body());
            } catch (IOException e) {
                throw new PlaceException("The plants could not be read back from " + uri + ": " + e + ".", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PlaceException("Interrupted while the plants were read back.", e);
            }
        }

        @Override
        public String toString() {
            return "Cloud Firestore, read through the service";
        }
    }
}
