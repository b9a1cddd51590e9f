package dev.databasetraffic.mesh.model;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a proxy takes the bytes of a port for (pkg/config/protocol). */
public enum Protocol {
    HTTP,
    HTTP2,
    HTTP_PROXY,
    GRPC,
    GRPC_WEB,
    HTTPS,
    TLS,
    TCP,
    MONGO,
    REDIS,
    MYSQL,
    UDP,
    /** Not said: the proxy looks at the first bytes. */
    SNIFFED;

    /** Ports whose servers speak first, so that looking at the client's first bytes would wait for ever. */
    private static final Set<Integer> NEVER_SNIFFED = Set.of(25, 53, 3306, 27017);

    /** Reads a ServiceEntry's, Gateway's or Sidecar's protocol, in any case. */
    static Protocol of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "http" -> HTTP;
            case "http2" -> HTTP2;
            case "http_proxy" -> HTTP_PROXY;
            case "grpc" -> GRPC;
            case "grpc-web" -> GRPC_WEB;
            case "https" -> HTTPS;
            case "tls" -> TLS;
            case "tcp" -> TCP;
            case "mongo" -> MONGO;
            case "redis" -> REDIS;
            case "mysql" -> MYSQL;
            case "udp" -> UDP;
            default -> SNIFFED;
        };
    }

    /** Reads a Service's port: its appProtocol, or else its name up to the first hyphen. */
    static Protocol of(int port, String name, String transport, @Nullable String appProtocol) {
        if (transport.equals("UDP")) {
            return UDP;
        }
        String said = appProtocol == null ? name : appProtocol;
        if (appProtocol != null) {
            switch (appProtocol) {
                case "kubernetes.io/h2c" -> {
                    return HTTP2;
                }
                case "kubernetes.io/ws" -> {
                    return HTTP;
                }
                case "kubernetes.io/wss" -> {
                    return HTTPS;
                }
                default -> {}
            }
        }
        if (said.toLowerCase(Locale.ROOT).startsWith("grpc-web")) {
            return GRPC_WEB;
        }
        Protocol protocol = of(said.split("-", 2)[0]);
        return protocol == SNIFFED && NEVER_SNIFFED.contains(port) ? TCP : protocol;
    }

    public boolean isTls() {
        return this == HTTPS || this == TLS;
    }

    public boolean isHttp() {
        return this == HTTP || this == HTTP2 || this == HTTP_PROXY || this == GRPC || this == GRPC_WEB;
    }

    /** Whether a listener treats it as bytes, TLS that is passed through included. */
    public boolean isTcp() {
        return isTls() || this == TCP || this == MONGO || this == REDIS || this == MYSQL;
    }

    /** Shares a listener with no other protocol. */
    boolean isExclusive() {
        return this == MONGO || this == MYSQL;
    }
}
