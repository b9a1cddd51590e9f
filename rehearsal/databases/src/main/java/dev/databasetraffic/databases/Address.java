package dev.databasetraffic.databases;

/** Where a database listens, or the mesh's way to it begins. */
public record Address(String host, int port) {

    /** An address of this machine that no other can reach. */
    public static Address loopback(int port) {
        return new Address("127.0.0.1", port);
    }

    /** {@code host:port}, with brackets around an IPv6 address. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
