package dev.databasetraffic.rehearsal.kubernetes;

import dev.databasetraffic.databases.Address;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ways from this machine into the cluster: straight to a Service where its address can be reached, else forwarded. */
final class ClusterAccess implements AutoCloseable {

    private static final Duration REACHABLE = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final String namespace;
    private final Map<URI, LocalPortForward> forwards = new HashMap<>();

    ClusterAccess(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * An HTTP base for a Service's port. The Service spreads connections over its pods; a forward knows but one of
     * them, and opens a new stream to it for each connection.
     *
     * @throws PlaceException if the Service has no such port
     */
    URI toService(Service service, int port) throws PlaceException {
        String name = service.getMetadata().getName();
        List<Integer> ports =
                service.getSpec().getPorts().stream().map(ServicePort::getPort).toList();
        if (!ports.contains(port)) {
            throw new PlaceException("Service " + name + " has no port " + port + "; it has " + ports + ".");
        }
        String address = service.getSpec().getClusterIP();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), (int) REACHABLE.toMillis());
            return URI.create("http://" + new Address(address, port));
        } catch (IOException e) {
            return forward(
                    client.services().inNamespace(namespace).withName(name).portForward(port));
        }
    }

    /**
     * An HTTP base for a pod's port, on whatever address the pod listens.
     *
     * @throws PlaceException if the API server does not forward it
     */
    URI toPod(String name, int port) throws PlaceException {
        try {
            return forward(client.pods().inNamespace(namespace).withName(name).portForward(port));
        } catch (KubernetesClientException e) {
            throw new PlaceException("Port " + port + " of pod " + name + " cannot be forwarded: " + e.getMessage(), e);
        }
    }

    private URI forward(LocalPortForward forward) {
        URI base = URI.create("http://127.0.0.1:" + forward.getLocalPort());
        forwards.put(base, forward);
        return base;
    }

    /** Closes a way that is not needed any more. */
    void release(URI base) {
        close(forwards.remove(base));
    }

    @Override
    public void close() {
        forwards.values().forEach(ClusterAccess::close);
    }

    private static void close(@Nullable LocalPortForward forward) {
        if (forward != null) {
            try {
                forward.close();
            } catch (IOException e) {
                // It ends with this process at the latest.
            }
        }
    }
}
