package dev.databasetraffic.rehearsal.checking;

import dev.databasetraffic.mesh.check.Admitted;
import dev.databasetraffic.mesh.check.Finding;
import dev.databasetraffic.mesh.check.MeshCheck;
import dev.databasetraffic.mesh.cluster.ClusterException;
import dev.databasetraffic.mesh.cluster.LiveMesh;
import dev.databasetraffic.mesh.config.MeshConfig;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.Reading;
import dev.databasetraffic.mesh.model.MeshOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks manifests, a cluster's or both.
 *
 * @param files what was read of files; without a manifest in them the cluster alone is checked
 * @param cluster null if files alone are checked
 * @param everyone whether to tell what files laid over a cluster have nothing to do with
 */
public record Checker(
        Reading files, @Nullable Cluster cluster, MeshSettings settings, Selection selection, boolean everyone) {

    /** A cluster that can be read. */
    @FunctionalInterface
    public interface Cluster {

        /**
         * @param namespaces to be read where not all of them may be
         * @throws ClusterException if none answers, or it fails
         */
        LiveMesh read(Set<String> namespaces, String rootNamespace) throws ClusterException;
    }

    /**
     * @throws ClusterException if there is no cluster to be read
     * @throws ManifestException if the files hold the mesh's configuration, and it is not valid
     */
    public CheckReport check() throws ClusterException, ManifestException {
        Admitted admitted = Admitted.of(files.manifests());
        if (cluster == null) {
            MeshConfig config = configOfFiles();
            List<Finding> findings = MeshCheck.check(admitted, settings.options(config));
            return report(new LiveMesh(List.of(), config, List.of()), files.manifests(), findings, manifest -> true);
        }
        LiveMesh live = cluster.read(namespaces(), settings.istioNamespace());
        MeshOptions options = settings.options(live.config());
        Overlay overlay = Overlay.of(live.manifests(), admitted);
        List<Finding> findings =
                new ArrayList<>(MeshCheck.check(new Admitted(overlay.manifests(), admitted.refused()), options));
        if (everyone || files.manifests().isEmpty()) {
            return report(live, overlay.everything(), findings, manifest -> true);
        }
        Set<Object> before = contents(MeshCheck.check(new Admitted(live.manifests(), List.of()), options));
        Set<Manifest> affected = findings.stream()
                .filter(finding -> !before.contains(content(finding)))
                .map(Finding::manifest)
                .collect(Collectors.toSet());
        findings.removeIf(finding -> before.contains(content(finding)) && !overlay.isLaidOver(finding.manifest()));
        return report(
                live,
                overlay.everything(),
                findings,
                manifest -> overlay.isLaidOver(manifest) || affected.contains(manifest));
    }

    /** The ConfigMap that istiod reads, if it is among the files. */
    private @Nullable MeshConfig configOfFiles() throws ManifestException {
        for (Manifest manifest : files.manifests()) {
            if (manifest.kind().equals("ConfigMap")
                    && manifest.name().equals(MeshConfig.CONFIG_MAP)
                    && manifest.namespace().equals(settings.istioNamespace())) {
                return MeshConfig.ofConfigMap(manifest.file(), manifest.tree());
            }
        }
        return null;
    }

    private Set<String> namespaces() {
        return Stream.concat(files.manifests().stream().map(Manifest::namespace), Stream.of(settings.namespace()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private CheckReport report(
            LiveMesh live, List<Manifest> manifests, List<Finding> findings, Predicate<Manifest> concerned) {
        return new ReportBuilder(files, live, settings)
                .report(
                        manifests,
                        findings,
                        finding -> selection.includes(finding) && concerned.test(finding.manifest()),
                        concerned);
    }

    private static Set<Object> contents(Collection<Finding> findings) {
        return findings.stream().map(Checker::content).collect(Collectors.toSet());
    }

    /** What makes findings of two checks of one cluster the same. */
    private static Object content(Finding finding) {
        return List.of(finding.trap(), finding.manifest().file(), finding.line(), finding.why());
    }
}
