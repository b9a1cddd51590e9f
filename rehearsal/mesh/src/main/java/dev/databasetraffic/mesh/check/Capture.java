package dev.databasetraffic.mesh.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.model.AddressRange;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which of a pod's outgoing connections pass its sidecar: its annotations say (istio-iptables, in this order). */
record Capture(
        Map<String, String> annotations,
        boolean asksForSidecar,
        @Nullable String withoutSidecar) {

    private static final String PREFIX = "traffic.sidecar.istio.io/";
    private static final String EXCLUDED_PORTS = PREFIX + "excludeOutboundPorts";
    private static final String EXCLUDED_RANGES = PREFIX + "excludeOutboundIPRanges";
    private static final String INCLUDED_PORTS = PREFIX + "includeOutboundPorts";
    private static final String INCLUDED_RANGES = PREFIX + "includeOutboundIPRanges";
    private static final String EVERY_ADDRESS = "0.0.0.0/0";
    private static final String INJECT = "sidecar.istio.io/inject";

    /** @param template of the pods */
    static Capture of(JsonNode template, Map<String, String> labels, Map<String, String> annotations) {
        String inject = labels.getOrDefault(INJECT, annotations.getOrDefault(INJECT, ""));
        boolean host = template.at("/spec/hostNetwork").asBoolean();
        return new Capture(
                annotations,
                inject.equals("true"),
                inject.equals("false") ? INJECT + ": \"false\"" : host ? "hostNetwork" : null);
    }

    /**
     * Why connections do not pass a sidecar, null if they do.
     *
     * @param address of the host, or what stands for one that is not known
     */
    @Nullable
    String wayAround(String address, int port) {
        if (list(EXCLUDED_PORTS).contains(String.valueOf(port))) {
            return EXCLUDED_PORTS;
        }
        boolean portIncluded = list(INCLUDED_PORTS).contains(String.valueOf(port));
        if (list(EXCLUDED_RANGES).contains(EVERY_ADDRESS)) {
            return EXCLUDED_RANGES;
        }
        if (annotations.containsKey(INCLUDED_RANGES) && list(INCLUDED_RANGES).isEmpty() && !portIncluded) {
            return INCLUDED_RANGES;
        }
        if (!AddressRange.isAddress(address)) {
            return null;
        }
        if (AddressRange.isIn(list(EXCLUDED_RANGES), address)) {
            return EXCLUDED_RANGES;
        }
        boolean included = !annotations.containsKey(INCLUDED_RANGES)
                || list(INCLUDED_RANGES).contains("*")
                || portIncluded
                || AddressRange.isIn(list(INCLUDED_RANGES), address);
        return included ? null : INCLUDED_RANGES;
    }

    private List<String> list(String annotation) {
        return Arrays.stream(annotations.getOrDefault(annotation, "").split(","))
                .map(String::trim)
                .filter(each -> !each.isEmpty())
                .toList();
    }
}
