package dev.databasetraffic.mesh.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.MeshModel;
import dev.databasetraffic.mesh.model.Protocol;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.RegisteredHost.Port;
import dev.databasetraffic.mesh.model.RegisteredHost.Resolution;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ports of ServiceEntries that are declared as what they are not, or without what tells their connections apart. */
final class GreedyPorts implements Inspection {

    private static final int HTTPS = 443;

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        List<Finding> findings = new ArrayList<>();
        Set<Manifest> seen = new LinkedHashSet<>();
        for (RegisteredHost host : mesh.model().hosts()) {
            if (host.isKubernetes() || !seen.add(host.manifest())) {
                continue;
            }
            for (int i = 0; i < host.ports().size(); i++) {
                Finding finding = finding(mesh, host, i);
                if (finding != null) {
                    findings.add(finding);
                }
            }
        }
        return findings;
    }

    private static @Nullable Finding finding(CheckedMesh mesh, RegisteredHost host, int index) {
        Port port = host.ports().get(index);
        if (catchesEveryHost(host, port)) {
            boolean https = port.number() == HTTPS;
            return new Finding(
                    https ? Trap.MISNAMED_TLS : Trap.CATCHES_EVERY_HOST,
                    Severity.TRAP,
                    host.manifest(),
                    line(host, index),
                    ("It catches every host on port %d%s: without a server name or an address, the sidecar has one listener"
                                    + " for all of them, and sends them all to %s. A rule for it cuts them all.")
                            .formatted(
                                    port.number(),
                                    https ? ", every other API that the workloads call included" : "",
                                    host.hostname()),
                    https
                            ? "protocol: TLS (HTTPS does the same), which passes the bytes through and matches by server"
                                    + " name"
                            : "addresses: [the addresses that the host has, e.g. 192.0.2.10]; or protocol: TLS if clients"
                                    + " speak TLS from the first byte");
        }
        if (!host.external()) {
            return null;
        }
        if (!leavesInPlaintext(host, port) || originatesTls(mesh, host, port)) {
            return port.protocol() == Protocol.MONGO ? mongo(host, index) : null;
        }
        if (port.number() != HTTPS) {
            return new Finding(
                    Trap.PLAINTEXT_TO_TLS,
                    Severity.TRAP,
                    host.manifest(),
                    host.manifest().line("spec", "ports", index, "targetPort"),
                    "Plain HTTP goes to port 443 of %s, which expects TLS, and no DestinationRule has sidecars speak it%s."
                            .formatted(host.hostname(), ofSecrets(mesh, host)),
                    "a DestinationRule for %s with portLevelSettings: [{port: {number: %d}, tls: {mode: SIMPLE, sni: %s}}]%s"
                            .formatted(
                                    host.hostname(),
                                    port.number(),
                                    host.hostname(),
                                    ", and a workloadSelector if it has a credentialName"));
        }
        return new Finding(
                Trap.MISNAMED_TLS,
                Severity.TRAP,
                host.manifest(),
                line(host, index),
                ("Clients of %s speak TLS on port 443, and the sidecar expects plain HTTP there: the TLS goes through"
                                + " unmatched, past every rule for this host.")
                        .formatted(host.hostname()),
                "protocol: TLS (HTTPS does the same), which passes the bytes through and matches by server name");
    }

    /** Its filter, the one for a database that Istio turns on by itself, is lost once the bytes are TLS. */
    private static Finding mongo(RegisteredHost host, int index) {
        return new Finding(
                Trap.MISNAMED_TLS,
                Severity.UNKNOWN,
                host.manifest(),
                line(host, index),
                "The sidecar reads the bytes to %s as MONGO. A managed MongoDB speaks TLS from the first byte, and is not"
                                .formatted(host.hostname())
                        + " understood there; nor can several hosts share the port.",
                "protocol: TLS if clients greet with TLS, else protocol: TCP with addresses");
    }

    /** Whoever has resolution NONE reaches where it meant to go. */
    private static boolean catchesEveryHost(RegisteredHost host, Port port) {
        boolean bytes = port.protocol() == Protocol.SNIFFED
                || port.protocol().isTcp() && !port.protocol().isTls();
        return bytes && host.address().equals(RegisteredHost.UNSPECIFIED) && host.resolution() != Resolution.NONE;
    }

    /** Whether a client's plain HTTP leaves for the port of HTTPS, unless a sidecar adds the TLS. */
    static boolean leavesInPlaintext(RegisteredHost host, Port port) {
        return port.protocol().isHttp() && leavesForHttps(host, port);
    }

    private static boolean leavesForHttps(RegisteredHost host, Port port) {
        boolean toEndpoint = false;
        for (JsonNode endpoint : host.manifest().tree().at("/spec/endpoints")) {
            toEndpoint |= endpoint.path("ports").path(port.name()).asInt() == HTTPS;
        }
        return port.number() == HTTPS || port.targetPort() == HTTPS || toEndpoint;
    }

    /** Whether a sidecar adds the TLS, so that the application does speak plain HTTP. */
    private static boolean originatesTls(CheckedMesh mesh, RegisteredHost host, Port port) {
        Set<Manifest> declarations = mesh.declarations(Stream.of(host.hostname()));
        MeshModel model = mesh.modelOf(declarations);
        return WrappedTls.clients(mesh, host).stream()
                .map(model::sidecar)
                .map(proxy -> proxy.clusters().get(host.cluster("", port.number())))
                .anyMatch(cluster -> cluster != null && cluster.tls() != null);
    }

    private static String ofSecrets(CheckedMesh mesh, RegisteredHost host) {
        return mesh.policies(host.hostname())
                .filter(rule -> rule.spec().workloadSelector() == null)
                .filter(rule -> rule.manifest()
                        .tree()
                        .at("/spec/trafficPolicy")
                        .toString()
                        .contains("\"credentialName\""))
                .map(rule -> ": that of %s (%s) is not in force, for sidecars heed a credentialName only where a"
                                .formatted(rule.manifest(), Where.is(rule.manifest()))
                        + " workloadSelector names them")
                .findFirst()
                .orElse("");
    }

    private static int line(RegisteredHost host, int index) {
        return host.manifest().line("spec", "ports", index, "protocol");
    }
}
