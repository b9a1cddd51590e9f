package dev.databasetraffic.rehearsal.checking;

import dev.databasetraffic.mesh.manifest.Manifest;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A cluster's resources with those of files applied to it.
 *
 * @param manifests of both, the replaced ones left out
 * @param laidOver those of the files among them
 */
record Overlay(List<Manifest> manifests, Set<Manifest> laidOver) {

    static Overlay of(List<Manifest> cluster, List<Manifest> files) {
        Map<Object, Manifest> remaining = new LinkedHashMap<>();
        cluster.forEach(live -> remaining.put(identity(live), live));
        List<Manifest> applied = files.stream()
                .map(file -> {
                    Manifest live = remaining.get(identity(file));
                    return live == null ? file : file.over(live);
                })
                .toList();
        applied.forEach(file -> remaining.remove(identity(file)));
        Set<Manifest> laidOver = Collections.newSetFromMap(new IdentityHashMap<>());
        laidOver.addAll(applied);
        return new Overlay(
                Stream.concat(remaining.values().stream(), applied.stream()).toList(), laidOver);
    }

    boolean isLaidOver(Manifest manifest) {
        return laidOver.contains(manifest);
    }

    private static Object identity(Manifest manifest) {
        return List.of(manifest.group(), manifest.kind(), manifest.namespace(), manifest.name());
    }
}
