package dev.databasetraffic.mesh.resource;

import dev.databasetraffic.mesh.manifest.Manifest;
import java.time.Instant;
import java.util.Comparator;

/**
 * A manifest with its spec.
 *
 * @param created when the API server took it in; files do not say, and what is applied together shares a second
 */
public record Resource<S>(Manifest manifest, Instant created, S spec) {

    /** The order in which istiod reads resources of a kind: the oldest first, then by name. */
    public static final Comparator<Resource<?>> BY_AGE = Comparator.<Resource<?>, Instant>comparing(Resource::created)
            .thenComparing(Resource::name)
            .thenComparing(Resource::namespace);

    /** When what files hold is created: after everything that a cluster has. */
    public static final Instant NOT_YET = Instant.MAX;

    public Resource<S> created(Instant when) {
        return new Resource<>(manifest, when, spec);
    }

    public String name() {
        return manifest.name();
    }

    public String namespace() {
        return manifest.namespace();
    }

    /** {@code namespace/name}, as rules name a Gateway of another namespace. */
    public String key() {
        return namespace() + "/" + name();
    }

    @Override
    public String toString() {
        return manifest.toString();
    }
}
