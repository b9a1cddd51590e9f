package dev.databasetraffic.mesh.resource;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hosts that the mesh is told of. */
public record ServiceEntry(
        List<String> hosts,
        List<String> addresses,
        List<Port> ports,
        String location,
        String resolution,
        List<Endpoint> endpoints,
        List<String> exportTo,
        @Nullable LabelSelector workloadSelector) {

    public ServiceEntry {
        hosts = Present.list(hosts);
        addresses = Present.list(addresses);
        ports = Present.list(ports);
        location = Present.text(location);
        resolution = Present.text(resolution);
        endpoints = Present.list(endpoints);
        exportTo = Present.list(exportTo);
    }

    /** @param targetPort 0 for the same number */
    public record Port(int number, String name, String protocol, int targetPort) {

        public Port {
            name = Present.text(name);
            protocol = Present.text(protocol);
        }
    }

    /** @param ports a port's name to the number at this endpoint */
    public record Endpoint(String address, Map<String, Integer> ports) {

        public Endpoint {
            address = Present.text(address);
            ports = ports == null ? Map.of() : ports;
        }
    }

    /** Selects workloads by their labels. */
    public record LabelSelector(Map<String, String> labels) {

        public LabelSelector {
            labels = Present.map(labels);
        }
    }
}
