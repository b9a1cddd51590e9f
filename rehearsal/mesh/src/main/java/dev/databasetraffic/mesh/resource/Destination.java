package dev.databasetraffic.mesh.resource;

import org.jspecify.annotations.Nullable;

/**
 * Where a route sends to.
 *
 * @param port null if the route leaves it to the host, which has only one, or to the port that was matched
 */
public record Destination(String host, @Nullable PortSelector port, String subset) {

    /** Where istiod sends what comes to a route of the Gateway API all of whose backends have weight 0: to no host. */
    public static final Destination NOBODY =
            new Destination("internal.cluster.local", new PortSelector(65535), "zero-weight");

    public Destination {
        host = Present.text(host);
        subset = Present.text(subset);
    }

    /** A port by its number. */
    public record PortSelector(int number) {}

    /** The port's number, 0 if none is named. */
    public int portNumber() {
        return port == null ? 0 : port.number();
    }
}
