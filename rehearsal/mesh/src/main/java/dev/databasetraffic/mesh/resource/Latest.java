package dev.databasetraffic.mesh.resource;

import dev.databasetraffic.mesh.manifest.Manifest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Of manifests of one object the one that was applied last. */
final class Latest {

    private Latest() {}

    static Collection<Manifest> of(List<Manifest> manifests) {
        record Key(String group, String kind, String namespace, String name) {}
        Map<Key, Manifest> latest = new LinkedHashMap<>();
        for (Manifest manifest : manifests) {
            latest.put(new Key(manifest.group(), manifest.kind(), manifest.namespace(), manifest.name()), manifest);
        }
        return latest.values();
    }
}
