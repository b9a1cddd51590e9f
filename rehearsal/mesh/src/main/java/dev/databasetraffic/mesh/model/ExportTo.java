package dev.databasetraffic.mesh.model;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The namespaces that see a resource, as its {@code exportTo} names them; empty means the mesh's default. */
public record ExportTo(Set<String> names) {

    private static final String PUBLIC = "*";
    private static final String OWN = ".";
    private static final String NONE = "~";

    static ExportTo of(List<String> names) {
        return new ExportTo(new TreeSet<>(names));
    }

    ExportTo orElse(List<String> defaults) {
        return names.isEmpty() ? of(defaults) : this;
    }

    boolean isPublic() {
        return names.contains(PUBLIC);
    }

    boolean isNone() {
        return names.contains(NONE);
    }

    /** Whether it is seen in its own namespace and, without naming it otherwise, nowhere else. */
    boolean isPrivate(String owner) {
        return names.size() == 1 && (names.contains(OWN) || names.contains(owner));
    }

    boolean isVisibleIn(String namespace, String owner) {
        return isPublic() || names.contains(namespace) || names.contains(OWN) && owner.equals(namespace);
    }
}
