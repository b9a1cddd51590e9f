package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.plants.EmulatedPlants;
import dev.databasetraffic.rehearsal.plants.ListedPlants;
import dev.databasetraffic.rehearsal.plants.StoredPlants;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;

/**
 * Reads back what is stored: from the emulator, past the mesh, where there is one; else through the service's list.
 *
 * @param database how a report calls it
 */
record ClusterReadBack(String database, StoredPlants plants) {

    private static final int EMULATOR_PORT = 8080;

    static ClusterReadBack of(KubernetesClient client, ClusterAccess access, String namespace, URI service)
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
            return new ClusterReadBack("Cloud Firestore, read through the service", new ListedPlants(service));
        }
        Pod emulator = emulators.get(0);
        return new ClusterReadBack(
                "Firestore emulator in the cluster",
                new EmulatedPlants(
                        access.toPod(emulator.getMetadata().getName(), EMULATOR_PORT),
                        settings.getData().getOrDefault("GOOGLE_CLOUD_PROJECT", "")));
    }
}
