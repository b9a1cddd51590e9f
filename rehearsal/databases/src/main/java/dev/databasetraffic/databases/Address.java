package dev.databasetraffic.databases;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a database listens, or the mesh's way to it begins. */
public record Address(String host, int port) {

    private static final int HIGHEST_PORT = 65_535;
    private static final Pattern FORM = Pattern.compile("([^\\s:]+):(\\d{1,5})");

    /** An address of this machine that no other can reach. */
    public static Address loopback(int port) {
        return new Address("127.0.0.1", port);
    }

    /**
     * Reads {@code host:port}.
     *
     * @throws IllegalArgumentException if it is not a name or IPv4 address and a port from 1 to 65535
     */
    public static Address parse(String text) {
        Matcher form = FORM.matcher(text);
        int port = form.matches() ? Integer.parseInt(form.group(2)) : 0;
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not host:port, with a port from 1 to " + HIGHEST_PORT);
        }
        return new Address(form.group(1), port);
    }

    /** {@code host:port}, with brackets around an IPv6 address, which may have them already, as in a URL. */
    @Override
    public String toString() {
        return (host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }
}
