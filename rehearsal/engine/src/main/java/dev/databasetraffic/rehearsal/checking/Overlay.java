package dev.databasetraffic.rehearsal.checking;

import dev.databasetraffic.mesh.check.Admitted;
import dev.databasetraffic.mesh.check.Finding;
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
 * @param refused those of the files that would be refused, and so change nothing
 * @param laidOver those of the files, whether taken or refused
 */
record Overlay(List<Manifest> manifests, List<Manifest> refused, Set<Manifest> laidOver) {

    /** @param cluster what its API server took */
    static Overlay of(List<Manifest> cluster, Admitted files) {
        Map<Object, Manifest> remaining = new LinkedHashMap<>();
        cluster.forEach(live -> remaining.put(identity(live), live));
        List<Manifest> applied = files.manifests().stream()
                .map(file -> {
                    Manifest live = remaining.get(identity(file));
                    return live == null ? file : file.over(live);
                })
                .toList();
        applied.forEach(file -> remaining.remove(identity(file)));
        Set<Manifest> laidOver = Collections.newSetFromMap(new IdentityHashMap<>());
        laidOver.addAll(applied);
        List<Manifest> refused =
                files.refused().stream().map(Finding::manifest).distinct().toList();
        laidOver.addAll(refused);
        return new Overlay(
                Stream.concat(remaining.values().stream(), applied.stream()).toList(), refused, laidOver);
    }

    List<Manifest> everything() {
        return Stream.concat(manifests.stream(), refused.stream()).toList();
    }

    boolean isLaidOver(Manifest manifest) {
        return laidOver.contains(manifest);
    }

    private static Object identity(Manifest manifest) {
        return List.of(manifest.group(), manifest.kind(), manifest.namespace(), manifest.name());
    }
}
