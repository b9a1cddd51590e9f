package dev.databasetraffic.corpus;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** ClusterAddresses that a cluster chose, and names that stand for them in a record. */
final class ClusterAddresses {

    private final Map<Pattern, String> names = new LinkedHashMap<>();

    ClusterAddresses(KubernetesClient cluster) {
        Map<String, String> addresses = new TreeMap<>();
        for (Pod pod : cluster.pods().inAnyNamespace().list().getItems()) {
            if (pod.getStatus().getPodIP() != null) {
                addresses.put(pod.getStatus().getPodIP(), "<pod>");
            }
        }
        for (Node node : cluster.nodes().list().getItems()) {
            node.getStatus().getAddresses().forEach(address -> addresses.put(address.getAddress(), "<node>"));
        }
        for (Service service : cluster.services().inAnyNamespace().list().getItems()) {
            String name = service.getMetadata().getName() + "."
                    + service.getMetadata().getNamespace();
            service.getSpec().getClusterIPs().forEach(address -> addresses.put(address, "<service:" + name + ">"));
        }
        // Where a Service has no address of its own.
        addresses.remove("None");
        addresses.forEach((address, name) ->
                names.put(Pattern.compile("(?<![0-9.])" + Pattern.quote(address) + "(?![0-9]|\\.[0-9])"), name));
    }

    String hiddenIn(String text) {
        String hidden = text;
        for (Map.Entry<Pattern, String> name : names.entrySet()) {
            hidden = name.getKey().matcher(hidden).replaceAll(name.getValue());
        }
        return hidden;
    }
}
