package dev.databasetraffic.mesh.model;

import dev.databasetraffic.mesh.manifest.Manifest;
import java.util.Locale;

/** Why there is a filter chain. */
public sealed interface Origin {

    /** What istiod writes into the chain of where it comes from; empty for a host of its own. */
    default String label() {
        return this instanceof Route route ? route.manifest().toString() : "";
    }

    /** A route of a VirtualService: the index of the route in its section, and of its match, -1 if it has none. */
    record Route(Manifest manifest, Section section, int route, int match) implements Origin {}

    /** A host without a route. */
    record Declared(RegisteredHost host) implements Origin {}

    /** A server of a Gateway that ends TLS or reads requests. */
    record Served(Manifest manifest, int server) implements Origin {}

    /** The mesh's policy for what nobody declared. */
    record Policy() implements Origin {}

    /** A part of a VirtualService. */
    enum Section {
        TLS,
        TCP,
        HTTP;

        public String member() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
