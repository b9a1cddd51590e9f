package dev.databasetraffic.rehearsal.check;

import dev.databasetraffic.rehearsal.check.Finding.Severity;
import dev.databasetraffic.rehearsal.check.Host.Port.Protocol;
import dev.databasetraffic.rehearsal.check.Mesh.DeclaredEntry;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettings;
import io.fabric8.istio.api.api.networking.v1alpha3.ClientTLSSettingsTLSmode;
import io.fabric8.istio.api.api.networking.v1alpha3.ServiceEntryLocation;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicy;
import io.fabric8.istio.api.api.networking.v1alpha3.TrafficPolicyPortTrafficPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A ServiceEntry that calls port 443, where clients speak TLS, something else. */
final class MisnamedTls implements Rule {

    private static final long HTTPS = 443;

    @Override
    public List<Finding> findings(Mesh mesh) {
        List<Finding> findings = new ArrayList<>();
        for (DeclaredEntry entry : mesh.entries()) {
            if (entry.spec().getLocation() == ServiceEntryLocation.MESH_INTERNAL) {
                continue;
            }
            String host = entry.spec().getHosts().get(0);
            Host.Port port = Objects.requireNonNull(mesh.host(host)).port(HTTPS);
            if (port == null) {
                continue;
            }
            boolean hasAddress = entry.spec().getAddresses() != null
                    && !entry.spec().getAddresses().isEmpty();
            if (port.protocol() == Protocol.TCP && !hasAddress) {
                findings.add(finding(
                        entry,
                        port,
                        "It catches every host on port 443, the token service of the database's"
                                + " credentials included: without a server name or an address, the sidecar has one"
                                + " listener for all of them. A rule for " + host + " cuts them all."));
            } else if (port.protocol() == Protocol.HTTP && !originatesTls(mesh, host)) {
                findings.add(finding(
                        entry,
                        port,
                        "Clients of " + host + " speak TLS on port 443, and the sidecar expects"
                                + " plain HTTP there: the TLS goes through unmatched, past every rule for this host."));
            }
        }
        return findings;
    }

    private static Finding finding(DeclaredEntry entry, Host.Port port, String why) {
        return new Finding(
                Severity.TRAP,
                "misnamed-tls",
                entry.manifest().file(),
                entry.manifest().line("spec", "ports", port.index(), "protocol"),
                why,
                "protocol: TLS (HTTPS does the same), which passes the bytes through and matches by server name");
    }

    /** Whether the sidecar itself adds the TLS, so that the application does speak plain HTTP. */
    private static boolean originatesTls(Mesh mesh, String host) {
        return mesh.rulesFor(host)
                .map(rule -> rule.spec().getTrafficPolicy())
                .filter(Objects::nonNull)
                .flatMap(MisnamedTls::tls)
                .filter(Objects::nonNull)
                .anyMatch(tls -> tls.getMode() != null && tls.getMode() != ClientTLSSettingsTLSmode.DISABLE);
    }

    private static Stream<ClientTLSSettings> tls(TrafficPolicy policy) {
        return Stream.concat(
                Stream.ofNullable(policy.getTls()),
                Stream.ofNullable(policy.getPortLevelSettings())
                        .flatMap(List::stream)
                        .map(TrafficPolicyPortTrafficPolicy::getTls));
    }
}
