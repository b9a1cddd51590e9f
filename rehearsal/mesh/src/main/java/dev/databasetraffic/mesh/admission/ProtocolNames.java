package dev.databasetraffic.mesh.admission;

import java.util.Locale;
import java.util.Set;

/** The names of protocols that Istio knows, in any case. */
final class ProtocolNames {

    private static final Set<String> HTTP = Set.of("http", "http2", "http_proxy", "grpc", "grpc-web");
    private static final Set<String> TLS = Set.of("https", "tls");
    private static final Set<String> DYNAMIC = Set.of("http", "http2", "grpc", "tls");
    private static final Set<String> OTHERS = Set.of("tcp", "udp", "mongo", "redis", "mysql");

    static final String NAMES = "HTTP, HTTPS, HTTP2, GRPC, GRPC-WEB, TLS, TCP, UDP, MONGO, REDIS or MYSQL";

    private ProtocolNames() {}

    static boolean isKnown(String name) {
        return isHttp(name) || isTls(name) || OTHERS.contains(lower(name));
    }

    static boolean isHttp(String name) {
        return HTTP.contains(lower(name));
    }

    static boolean isTls(String name) {
        return TLS.contains(lower(name));
    }

    /** Whether a server name or a host header tells where a connection goes, so that names can be looked up as it comes. */
    static boolean isDynamic(String name) {
        return DYNAMIC.contains(lower(name));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
