package dev.databasetraffic.kit;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * The loopback address of IPv4. {@link InetAddress#getLoopbackAddress()} is that of IPv6 in a JVM that prefers it, and
 * other processes are told {@code 127.0.0.1}.
 */
public final class Loopback {

    public static final InetAddress ADDRESS = address();

    private Loopback() {}

    /** The port there; 0 for any that is free. */
    public static InetSocketAddress at(int port) {
        return new InetSocketAddress(ADDRESS, port);
    }

    private static InetAddress address() {
        try {
            return InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
    }
}
