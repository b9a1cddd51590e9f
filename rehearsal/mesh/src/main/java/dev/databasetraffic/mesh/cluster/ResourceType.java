package dev.databasetraffic.mesh.cluster;

/**
 * A kind of resource, as the API server serves it.
 *
 * @param groupVersion such as {@code networking.istio.io/v1}, or {@code v1} for the core group
 * @param plural its name in paths, such as {@code virtualservices}
 */
record ResourceType(String groupVersion, String kind, String plural) {

    /** @param namespace empty for all of them */
    String path(String namespace) {
        return (groupVersion.contains("/") ? "/apis/" : "/api/") + groupVersion
                + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/" + plural;
    }
}
