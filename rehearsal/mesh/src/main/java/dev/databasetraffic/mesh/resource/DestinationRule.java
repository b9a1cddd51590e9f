package dev.databasetraffic.mesh.resource;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is done to traffic after its route was chosen. */
public record DestinationRule(
        String host,
        List<Subset> subsets,
        @Nullable TrafficPolicy trafficPolicy,
        List<String> exportTo,
        @Nullable WorkloadSelector workloadSelector) {

    public DestinationRule {
        host = Present.text(host);
        subsets = Present.list(subsets);
        exportTo = Present.list(exportTo);
    }

    /** All that it says of TLS, for whichever port or subset. */
    public Stream<ClientTls> tls() {
        return Stream.concat(
                        Stream.ofNullable(trafficPolicy),
                        subsets.stream().map(Subset::trafficPolicy).filter(Objects::nonNull))
                .flatMap(policy -> Stream.concat(
                        Stream.ofNullable(policy.tls()),
                        policy.portLevelSettings().stream().map(PortPolicy::tls).filter(Objects::nonNull)));
    }

    /** A named part of a host. */
    public record Subset(String name, @Nullable TrafficPolicy trafficPolicy) {

        public Subset {
            name = Present.text(name);
        }
    }

    /** Of a traffic policy, what decides on the bytes: TLS. */
    public record TrafficPolicy(@Nullable ClientTls tls, List<PortPolicy> portLevelSettings) {

        public TrafficPolicy {
            portLevelSettings = Present.list(portLevelSettings);
        }
    }

    /** A policy for one port. */
    public record PortPolicy(
            Destination.@Nullable PortSelector port,
            @Nullable ClientTls tls) {}

    /**
     * How the proxy speaks TLS towards the host.
     *
     * @param credentialName the Secret with its certificates, empty for files or none
     */
    public record ClientTls(String mode, String sni, String credentialName) {

        private static final String CONFIG_MAP = "configmap://";

        public ClientTls {
            mode = mode == null || mode.isEmpty() ? "DISABLE" : mode;
            sni = Present.text(sni);
            credentialName = Present.text(credentialName);
        }

        /** Whether its certificates are in a Secret, which not every proxy is given; a ConfigMap is for everyone. */
        public boolean isOfSecret() {
            return !credentialName.isEmpty() && !credentialName.startsWith(CONFIG_MAP);
        }
    }

    /** The workloads whose sidecars heed the rule. */
    public record WorkloadSelector(
            @JsonProperty("matchLabels") Map<String, String> matchLabels) {

        public WorkloadSelector {
            matchLabels = Present.map(matchLabels);
        }
    }
}
