package dev.databasetraffic.rehearsal.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.rehearsal.check.Host.Port.Protocol;
import io.fabric8.istio.api.api.networking.v1alpha3.ServicePort;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A host that the mesh knows, declared by a Service or a ServiceEntry. */
record Host(String name, Manifest declaredBy, List<Port> ports) {

    /**
     * A port of the host.
     *
     * @param index its index in the manifest's {@code spec.ports}
     */
    record Port(int index, long number, String name, Protocol protocol) {

        /** What the sidecar takes the bytes of a port for. */
        enum Protocol {
            HTTP,
            TLS,
            TCP,
            /** Not said: the sidecar looks at the first bytes. */
            SNIFFED;

            /** Reads a protocol's name as Istio does (pkg/config/protocol): in any case, by whole word. */
            static Protocol of(String name) {
                return switch (name.toLowerCase(Locale.ROOT)) {
                    case "http", "http2", "grpc", "grpc-web", "http_proxy", "kubernetes.io/h2c", "kubernetes.io/ws" ->
                        HTTP;
                    case "https", "tls", "kubernetes.io/wss" -> TLS;
                    case "tcp", "mongo", "mysql", "redis", "udp" -> TCP;
                    default -> SNIFFED;
                };
            }
        }
    }

    boolean isService() {
        return declaredBy.kind().equals("Service");
    }

    @Nullable
    Port port(long number) {
        return ports.stream()
                .filter(port -> port.number() == number)
                .findFirst()
                .orElse(null);
    }

    static Port of(int index, io.fabric8.kubernetes.api.model.ServicePort port) {
        String name = Objects.requireNonNullElse(port.getName(), "");
        String said = port.getAppProtocol();
        if (said == null) {
            // A name is protocol[-suffix], except that grpc-web has a hyphen of its own.
            said = name.startsWith("grpc-web") ? "grpc-web" : name.split("-", 2)[0];
        }
        return new Port(index, Objects.requireNonNullElse(port.getPort(), 0), name, Protocol.of(said));
    }

    static Port of(int index, ServicePort port) {
        return new Port(
                index,
                Objects.requireNonNullElse(port.getNumber(), 0L),
                Objects.requireNonNullElse(port.getName(), ""),
                Protocol.of(Objects.requireNonNullElse(port.getProtocol(), "")));
    }

    static String nameOf(Service service, String namespace) {
        return service.getMetadata().getName() + "." + namespace + ".svc.cluster.local";
    }
}
