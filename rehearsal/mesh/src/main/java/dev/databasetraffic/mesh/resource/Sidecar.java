package dev.databasetraffic.mesh.resource;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the sidecars of a namespace, or of some of its workloads, are told of. */
public record Sidecar(
        ServiceEntry.@Nullable LabelSelector workloadSelector,
        List<Egress> egress,
        @Nullable OutboundTrafficPolicy outboundTrafficPolicy) {

    public Sidecar {
        egress = Present.list(egress);
    }

    /**
     * Hosts that a sidecar imports.
     *
     * @param port null for all ports that no other listener has
     * @param bind the address to listen on, empty for the hosts' own
     */
    public record Egress(@Nullable Port port, String bind, String captureMode, List<String> hosts) {

        public Egress {
            bind = Present.text(bind);
            captureMode = Present.text(captureMode);
            hosts = Present.list(hosts);
        }
    }

    /** A port to listen on. */
    public record Port(int number, String name, String protocol) {

        public Port {
            name = Present.text(name);
            protocol = Present.text(protocol);
        }
    }

    /** What becomes of hosts that nobody declared. */
    public record OutboundTrafficPolicy(String mode) {

        public OutboundTrafficPolicy {
            mode = mode == null || mode.isEmpty() ? "REGISTRY_ONLY" : mode;
        }
    }
}
