package dev.databasetraffic.mesh.model;

/** A waypoint by its name. */
public record WaypointKey(String namespace, String name) {

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
