package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.manifest.Manifest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A host of the mesh's registry with one of its addresses: what istiod calls a Service. Kubernetes' Services and the
 * hosts of ServiceEntries alike.
 *
 * @param address an IP address, a range of them, {@value #UNSPECIFIED}, or {@code <service:NAME.NAMESPACE>} where the API
 *     server has yet to choose one
 * @param aliases names of Services of type ExternalName that stand for it
 * @param aliasOf for such a Service the host that it stands for, else null
 * @param endpoints how many are known from manifests; pods are not
 */
public record RegisteredHost(
        Hostname hostname,
        String name,
        String namespace,
        Registry registry,
        String address,
        List<Port> ports,
        Resolution resolution,
        boolean external,
        ExportTo exportTo,
        Map<String, String> labels,
        Map<String, String> selector,
        List<Hostname> aliases,
        @Nullable Hostname aliasOf,
        int endpoints,
        Instant created,
        Manifest manifest) {

    public static final String UNSPECIFIED = "0.0.0.0";

    /** The oldest first; what was applied within a second by name. */
    static final Comparator<RegisteredHost> BY_AGE = Comparator.comparing(RegisteredHost::created)
            .thenComparing(RegisteredHost::name)
            .thenComparing(RegisteredHost::namespace);

    /** Who declares it. */
    public enum Registry {
        KUBERNETES,
        SERVICE_ENTRY
    }

    /** How its endpoints are found. */
    public enum Resolution {
        /** Endpoints come from istiod. */
        STATIC,
        DNS,
        DNS_ROUND_ROBIN,
        DYNAMIC_DNS,
        /** The address that the client meant. */
        NONE,
        /** A Service of type ExternalName. */
        ALIAS
    }

    /** @param targetPort the port at the endpoint, 0 for the same */
    public record Port(int number, String name, Protocol protocol, int targetPort) {

        boolean isSame(Port other) {
            return number == other.number && name.equals(other.name) && protocol == other.protocol;
        }
    }

    public boolean isKubernetes() {
        return registry == Registry.KUBERNETES;
    }

    /** Whether the API server has yet to choose it. */
    public boolean isAddressUnknown() {
        return address.startsWith("<");
    }

    boolean isRange() {
        return address.contains("/");
    }

    /** Each pod has its own address, and clients connect to those. */
    public boolean isHeadless() {
        return resolution == Resolution.NONE && address.equals(UNSPECIFIED) && isKubernetes();
    }

    public @Nullable Port port(int number) {
        return ports.stream()
                .filter(port -> port.number() == number)
                .findFirst()
                .orElse(null);
    }

    RegisteredHost withPorts(List<Port> others) {
        return new RegisteredHost(
                hostname,
                name,
                namespace,
                registry,
                address,
                others,
                resolution,
                external,
                exportTo,
                labels,
                selector,
                aliases,
                aliasOf,
                endpoints,
                created,
                manifest);
    }

    RegisteredHost withAliases(List<Hostname> others) {
        return new RegisteredHost(
                hostname,
                name,
                namespace,
                registry,
                address,
                ports,
                resolution,
                external,
                exportTo,
                labels,
                selector,
                others,
                aliasOf,
                endpoints,
                created,
                manifest);
    }

    boolean hasSamePorts(RegisteredHost other) {
        return ports.size() == other.ports.size()
                && IntStream.range(0, ports.size()).allMatch(i -> ports.get(i).isSame(other.ports.get(i)));
    }

    /** Whether istiod takes both for parts of one host (sidecar.go, canMergeServices). */
    boolean isMergeableWith(RegisteredHost other) {
        return namespace.equals(other.namespace)
                && resolution == other.resolution
                && registry == other.registry
                && labels.equals(other.labels)
                && selector.equals(other.selector)
                && exportTo.equals(other.exportTo);
    }

    RegisteredHost mergedWith(RegisteredHost other) {
        List<Port> all = new ArrayList<>(ports);
        other.ports.stream().filter(port -> port(port.number()) == null).forEach(all::add);
        return withPorts(all);
    }

    /** The name of its cluster. */
    public String cluster(String subset, int port) {
        return Cluster.name(subset, hostname, port);
    }

    @Override
    public String toString() {
        return hostname + " (" + manifest + ")";
    }
}
