package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.RegisteredHost.Port;
import dev.databasetraffic.mesh.model.RegisteredHost.Resolution;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two hosts at one address and port whose connections nothing tells apart: the first of them gets those of both. */
final class SharedAddresses implements Inspection {

    private record Socket(String address, int port) {}

    @Override
    public List<Finding> findings(CheckedMesh mesh) {
        Map<Socket, RegisteredHost> first = new LinkedHashMap<>();
        Map<RegisteredHost, Finding> findings = new LinkedHashMap<>();
        for (RegisteredHost host : mesh.model().hosts()) {
            for (Port port : host.ports()) {
                if (!isToldByAddressAlone(host, port)) {
                    continue;
                }
                RegisteredHost other = first.putIfAbsent(new Socket(host.address(), port.number()), host);
                if (other != null && !other.hostname().equals(host.hostname()) && seesBoth(mesh, host, other)) {
                    findings.putIfAbsent(host, finding(host, other, port));
                }
            }
        }
        return List.copyOf(findings.values());
    }

    /** Whoever has resolution NONE reaches where it meant to go, whichever of the two its connection is taken for. */
    private static boolean isToldByAddressAlone(RegisteredHost host, Port port) {
        return !host.isKubernetes()
                && host.resolution() != Resolution.NONE
                && !host.address().equals(RegisteredHost.UNSPECIFIED)
                && port.protocol().isTcp()
                && !port.protocol().isTls();
    }

    private static boolean seesBoth(CheckedMesh mesh, RegisteredHost one, RegisteredHost other) {
        return mesh.model().isVisible(one, other.namespace()) || mesh.model().isVisible(other, one.namespace());
    }

    private static Finding finding(RegisteredHost host, RegisteredHost other, Port port) {
        return new Finding(
                Trap.SHARED_ADDRESS,
                Severity.TRAP,
                host.manifest(),
                host.manifest().line("spec", "addresses"),
                ("%s has address %s and port %d as well (%s), and nothing else tells their connections apart: whichever was"
                                + " declared first gets those of both.")
                        .formatted(other.hostname(), host.address(), port.number(), Where.is(other.manifest())),
                "give each of them an address of its own, or one ServiceEntry with both endpoints");
    }
}
