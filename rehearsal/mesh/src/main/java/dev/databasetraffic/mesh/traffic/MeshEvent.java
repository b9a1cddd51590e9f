package dev.databasetraffic.mesh.traffic;

import java.time.Instant;

/** Something that the mesh, not the application, did to the database's traffic. */
public record MeshEvent(Kind kind, Instant at, String detail) {

    /** The kinds of event, in the order in which an outage usually shows them. */
    public enum Kind {
        /** New connections to the database follow the outage's rule from now on. */
        APPLIED,
        /** The last connection that was opened before the rule and still reached the database has ended. */
        OLD_CONNECTION_GONE,
        /** The first connection meant for the database arrived at the rule's destination (or was reset by the mesh). */
        DIVERTED,
        /** New connections reach the database again from now on. */
        REMOVED
    }
}
