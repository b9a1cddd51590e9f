package dev.databasetraffic.plants.firestore;

import com.google.common.net.HostAndPort;

/** What to dial, written {@code host:port}. */
record Endpoint(String host, int port) {

    /** Found by Spring's conversion, by its name and because it is public. */
    public static Endpoint valueOf(String text) {
        HostAndPort parsed = HostAndPort.fromString(text);
        if (!parsed.hasPort() || parsed.getHost().isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' is not host:port, such as firestore.googleapis.com:443");
        }
        return new Endpoint(parsed.getHost(), parsed.getPort());
    }

    @Override
    public String toString() {
        return HostAndPort.fromParts(host, port).toString();
    }
}
