package dev.databasetraffic.mesh.controlplane;

import dev.databasetraffic.mesh.model.Target.Share;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Envoy's messages as JSON has them (proto3 JSON), of which there are no Java classes here. */
final class Message {

    private Message() {}

    /** A message where Envoy wants an {@code Any}. */
    static Map<String, Object> typed(String type, Map<String, ?> members) {
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("@type", "type.googleapis.com/envoy." + type);
        message.putAll(members);
        return message;
    }

    /** A named extension with its configuration. */
    static Map<String, Object> extension(String name, String type, Map<String, ?> members) {
        return Map.of("name", name, "typed_config", typed("extensions." + type, members));
    }

    static Map<String, Object> address(String host, int port) {
        return Map.of("socket_address", Map.of("address", host, "port_value", port));
    }

    /** Lines on standard output, one when a connection or request ends. */
    static List<Map<String, Object>> accessLog(String format) {
        return List.of(extension(
                "envoy.access_loggers.file",
                "access_loggers.file.v3.FileAccessLog",
                Map.of(
                        "path",
                        "/dev/stdout",
                        "log_format",
                        Map.of("text_format_source", Map.of("inline_string", format + "\n")))));
    }

    /** As a part of a metric's name, where a dot would begin another one. */
    static String metric(String name) {
        return name.replace('.', '_');
    }

    /** The member that says where to: of one name for one cluster, and of another for several. */
    static Map<String, Object> clusters(List<Share> shares) {
        return shares.size() == 1
                ? Map.of("cluster", shares.get(0).cluster())
                : Map.of(
                        "weighted_clusters",
                        Map.of(
                                "clusters",
                                shares.stream()
                                        .map(share -> Map.of("name", share.cluster(), "weight", share.weight()))
                                        .toList()));
    }
}
