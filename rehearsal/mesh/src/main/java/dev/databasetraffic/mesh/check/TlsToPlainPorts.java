package dev.databasetraffic.mesh.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Cluster;
import dev.databasetraffic.mesh.model.MeshModel;
import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.RegisteredHost.Port;
import dev.databasetraffic.mesh.model.RegisteredHost.Resolution;
import dev.databasetraffic.mesh.model.Workload;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A DestinationRule that has sidecars begin TLS towards port 80 of a host outside, where plain HTTP is spoken. */
final class TlsToPlainPorts implements Inspection {

    private static final int HTTP = 80;

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        Map<Manifest, Finding> findings = new LinkedHashMap<>();
        for (RegisteredHost host : WrappedTls.candidates(mesh)) {
            Port port = host.port(HTTP);
            if (port == null || host.isKubernetes() || !host.external() || !isPlain(host, port)) {
                continue;
            }
            Set<Manifest> manifests = mesh.declarations(Stream.of(host.hostname()));
            mesh.rulesOverlapping(host.hostname()).forEach(rule -> manifests.add(rule.manifest()));
            MeshModel model = mesh.modelOf(manifests);
            for (Workload workload : WrappedTls.clients(mesh, host)) {
                ProxyConfiguration proxy = model.sidecar(workload);
                proxy.clusters().values().stream()
                        .filter(cluster -> cluster.host().hostname().equals(host.hostname()))
                        .filter(cluster -> cluster.port() == HTTP && isRequested(proxy, cluster))
                        .filter(cluster -> Set.of("SIMPLE", "MUTUAL").contains(String.valueOf(cluster.tls())))
                        .forEach(cluster ->
                                findings.putIfAbsent(cluster.policies().get(0), finding(cluster)));
            }
        }
        return List.copyOf(findings.values());
    }

    private static boolean isPlain(RegisteredHost host, Port port) {
        boolean elsewhere = false;
        for (JsonNode endpoint : host.manifest().tree().at("/spec/endpoints")) {
            elsewhere |= endpoint.path("ports").has(port.name());
        }
        return port.protocol().isHttp()
                && !elsewhere
                && (port.targetPort() == 0 || port.targetPort() == HTTP || host.resolution() == Resolution.NONE);
    }

    /** Rules may lead requests to another port. */
    private static boolean isRequested(ProxyConfiguration proxy, Cluster cluster) {
        return proxy.requests().values().stream()
                .flatMap(Collection::stream)
                .flatMap(route -> route.shares().stream())
                .anyMatch(share -> share.cluster().equals(cluster.name()));
    }

    private static Finding finding(Cluster cluster) {
        Manifest policy = cluster.policies().get(0);
        return new Finding(
                Trap.TLS_TO_PLAINTEXT,
                Severity.TRAP,
                policy,
                policy.line("spec", "trafficPolicy", "tls"),
                "Sidecars begin TLS towards port 80 of %s (%s), where plain HTTP is spoken: every request ends in a failed handshake."
                        .formatted(
                                cluster.host().hostname(),
                                Where.is(cluster.host().manifest(), "spec", "ports")),
                cluster.host().resolution() == Resolution.NONE
                        ? "with resolution NONE connections go to the port that the client meant, whatever targetPort says:"
                                + " resolution: DNS and targetPort: 443 for each host; or have clients begin TLS themselves"
                        : "targetPort: 443 at that port of the ServiceEntry, so that requests to port 80 leave for the TLS port");
    }
}
