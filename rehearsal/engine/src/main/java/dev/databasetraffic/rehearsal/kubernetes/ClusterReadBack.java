package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.databases.Address;
import dev.databasetraffic.databases.Login;
import dev.databasetraffic.databases.ReadBack;
import dev.databasetraffic.databases.Source;
import dev.databasetraffic.rehearsal.experiment.DatabaseCall;
import dev.databasetraffic.rehearsal.experiment.DatabaseUnderTest;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.ServiceListing;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads back what is stored: from a pod of the database, past the mesh, through a forwarded port; else from what the
 * service lists.
 *
 * @param description how a report calls it
 */
record ClusterReadBack(String description, Counting counting) {

    /** How often each key that starts with a prefix is stored. */
    @FunctionalInterface
    interface Counting {
        Map<String, Integer> count(String keyPrefix) throws PlaceException;
    }

    /**
     * Null if the experiment does not say how or where to read.
     *
     * @throws PlaceException if what it names is not in the cluster
     */
    static @Nullable ClusterReadBack of(
            KubernetesClient client, ClusterAccess access, String namespace, URI service, DatabaseUnderTest database)
            throws PlaceException {
        ReadBack stored = database.stored();
        DatabaseUnderTest.Deployed deployed = database.kubernetes();
        ServiceListing listed = database.listed();
        List<Pod> pods = deployed == null ? List.of() : pods(client, namespace, deployed);
        if (stored != null && deployed != null && !pods.isEmpty()) {
            String pod = pods.get(0).getMetadata().getName();
            URI forwarded = access.toPod(pod, deployed.port());
            Source source = Source.of(
                    new Address(forwarded.getHost(), forwarded.getPort()), login(client, namespace, deployed.login()));
            return new ClusterReadBack(
                    "read in pod " + pod, prefix -> DatabaseCall.of("read back", () -> stored.count(source, prefix)));
        }
        if (listed != null) {
            return new ClusterReadBack("read through the service", prefix -> listed.count(service, prefix));
        }
        if (stored != null && deployed != null) {
            throw new PlaceException("No pod of namespace " + namespace + " that is ready has the labels "
                    + deployed.labels() + ", by which the experiment knows its database (database.kubernetes.labels).");
        }
        return null;
    }

    private static List<Pod> pods(KubernetesClient client, String namespace, DatabaseUnderTest.Deployed deployed) {
        return client.pods().inNamespace(namespace).withLabels(deployed.labels()).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> ServicePods.isRunning(pod) && ServicePods.isReady(pod))
                .toList();
    }

    private static @Nullable Login login(
            KubernetesClient client, String namespace, DatabaseUnderTest.@Nullable LoginKeys where)
            throws PlaceException {
        if (where == null) {
            return null;
        }
        Map<String, String> values = values(client, namespace, where);
        return new Login(
                value(values, where.user(), where),
                value(values, where.password(), where),
                value(values, where.database(), where));
    }

    private static Map<String, String> values(
            KubernetesClient client, String namespace, DatabaseUnderTest.LoginKeys where) throws PlaceException {
        Map<String, String> values = new TreeMap<>();
        if (where.secret() != null) {
            Secret secret = client.secrets()
                    .inNamespace(namespace)
                    .withName(where.secret())
                    .get();
            if (secret == null) {
                throw absent(namespace, "Secret " + where.secret());
            }
            Objects.requireNonNullElse(secret.getData(), Map.<String, String>of())
                    .forEach((key, value) ->
                            values.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        } else {
            ConfigMap map = client.configMaps()
                    .inNamespace(namespace)
                    .withName(where.configMap())
                    .get();
            if (map == null) {
                throw absent(namespace, "ConfigMap " + where.configMap());
            }
            values.putAll(Objects.requireNonNullElse(map.getData(), Map.of()));
        }
        return values;
    }

    private static PlaceException absent(String namespace, String what) {
        return new PlaceException("There is no " + what + " in namespace " + namespace
                + ", in which the experiment has the database's login (database.kubernetes.login).");
    }

    /** Of a key that is not given, the empty text: not every database wants all three. */
    private static String value(Map<String, String> values, @Nullable String key, DatabaseUnderTest.LoginKeys where)
            throws PlaceException {
        String value = key == null ? "" : values.get(key);
        if (value == null) {
            throw new PlaceException(
                    (where.secret() != null ? "Secret " + where.secret() : "ConfigMap " + where.configMap())
                            + " has no key " + key + ", which the experiment names (database.kubernetes.login); it has "
                            + values.keySet() + ".");
        }
        return value;
    }
}
