package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.RouteText;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What to say of a rule for hosts that no file declares. */
final class UndeclaredHosts {

    private static final int TLS_PORT = 443;
    private static final String IN_CLUSTER = ".svc.";
    private static final int NAMESAKES = 3;

    private final CheckedMesh mesh;

    UndeclaredHosts(CheckedMesh mesh) {
        this.mesh = mesh;
    }

    Finding finding(RouteUnit unit) {
        return unit.rule().isOfGatewayApi() ? withoutParent(unit) : ofRule(unit);
    }

    private Finding withoutParent(RouteUnit unit) {
        Manifest manifest = unit.manifest();
        boolean sure = unit.rule().hosts().isEmpty()
                ? mesh.model().hosts().stream()
                        .anyMatch(
                                host -> !host.isKubernetes() && host.namespace().equals(manifest.namespace()))
                : unit.rule().hosts().stream().allMatch(host -> wouldBeDeclared(host, manifest));
        return new Finding(
                Trap.UNDECLARED_HOST,
                sure ? Severity.TRAP : Severity.UNKNOWN,
                manifest,
                RouteText.lineOfHosts(manifest),
                "None of the Services and ServiceEntries that are its parents is among these files. istiod does not accept a"
                        + " route without one, and it has no effect.",
                "name a Service or ServiceEntry that exists, with its namespace; or give the file that declares it to this"
                        + " check as well");
    }

    private Finding ofRule(RouteUnit unit) {
        Hostname name = unit.rule().hosts().get(0);
        Optional<RegisteredHost> inOtherCase = inOtherCase(name);
        if (inOtherCase.isPresent()) {
            RegisteredHost host = inOtherCase.get();
            return atHosts(
                    Trap.OTHER_CASE,
                    unit,
                    "It is for %s, and %s (%s) is declared: istiod compares names as they are written, so that the rule"
                                    .formatted(name, host.hostname(), Where.is(host.manifest()))
                            + " is for a host that the mesh does not know, and has no effect.",
                    "write %s, here and in sniHosts".formatted(name.value().toLowerCase(Locale.ROOT)));
        }
        Optional<RegisteredHost> owner = owner(name);
        if (owner.isPresent()) {
            return atHosts(
                    Trap.UNDECLARED_HOST,
                    unit,
                    "It is for an address, and rules are found by the host's name: that of %s is %s (%s), and the rule has no effect."
                            .formatted(
                                    name,
                                    owner.get().hostname(),
                                    Where.is(owner.get().manifest())),
                    "write %s".formatted(owner.get().hostname()));
        }
        Optional<RegisteredHost> meant = meant(name);
        if (meant.isPresent()) {
            return atHosts(
                    Trap.UNDECLARED_HOST,
                    unit,
                    "It is for %s, and a name with a dot is taken as it is, and not completed: the mesh knows no such host, and"
                                    .formatted(name)
                            + " the rule has no effect. The Service is %s (%s)."
                                    .formatted(
                                            meant.get().hostname(),
                                            Where.is(meant.get().manifest())),
                    "write %s".formatted(completed(name, meant.get())));
        }
        Optional<RegisteredHost> ofPod = ofPod(name);
        if (ofPod.isPresent()) {
            return atHosts(
                    Trap.UNDECLARED_HOST,
                    unit,
                    "It is for a pod behind %s (%s), and the mesh knows Services and ServiceEntries by name, and no pods: the rule has no effect."
                            .formatted(
                                    ofPod.get().hostname(), Where.is(ofPod.get().manifest())),
                    "write the rule for %s, or declare the pod's name with a ServiceEntry"
                            .formatted(ofPod.get().hostname()));
        }
        boolean inCluster = name.value().contains(IN_CLUSTER);
        int port = unit.matches().isEmpty() || unit.matches().get(0).port() == 0
                ? TLS_PORT
                : unit.matches().get(0).port();
        return new Finding(
                Trap.UNDECLARED_HOST,
                wouldBeDeclared(name, unit.manifest()) ? Severity.TRAP : Severity.UNKNOWN,
                unit.manifest(),
                unit.line(),
                "No %s among these files declares %s. Without one sidecars build no listener for it, and the rule has"
                                .formatted(inCluster ? "Service" : "ServiceEntry", name)
                        + " no effect.",
                inCluster
                        ? "name a Service that exists, in full: <service>.<namespace>.svc.%s%s; or give the file that"
                                        .formatted(mesh.options().clusterDomain(), namesakes(name))
                                + " declares it to this check as well"
                        : ("declare it (hosts: [%s], location: MESH_EXTERNAL, resolution: DNS, ports: [{number: %d, name:"
                                        + " tls, protocol: TLS}]), or give the file that does to this check as well")
                                .formatted(name, port));
    }

    private static Finding atHosts(Trap trap, RouteUnit unit, String why, String mend) {
        return new Finding(trap, Severity.TRAP, unit.manifest(), unit.manifest().line("spec", "hosts", 0), why, mend);
    }

    /** Whether it is plainly a name outside of the mesh, and not one of the mesh's that is written otherwise. */
    boolean isOutside(Hostname name) {
        return name.value().contains(".")
                && !name.value().contains(IN_CLUSTER)
                && Stream.of(inOtherCase(name), owner(name), meant(name), ofPod(name))
                        .allMatch(Optional::isEmpty);
    }

    private Optional<RegisteredHost> inOtherCase(Hostname name) {
        return mesh.model().hosts().stream()
                .filter(host -> host.hostname().value().equalsIgnoreCase(name.value()))
                .findFirst();
    }

    /** Whose address it is. */
    private Optional<RegisteredHost> owner(Hostname name) {
        return mesh.model().hosts().stream()
                .filter(host -> host.address().equals(name.value()))
                .findFirst();
    }

    /** Whose pod's name it is. */
    private Optional<RegisteredHost> ofPod(Hostname name) {
        return mesh.model().hosts().stream()
                .filter(RegisteredHost::isKubernetes)
                .filter(host -> name.value().endsWith("." + host.hostname()))
                .findFirst();
    }

    /** The Service that somebody meant who wrote NAME.NAMESPACE or NAME.NAMESPACE.svc. */
    Optional<RegisteredHost> meant(Hostname name) {
        return name.value().contains(".")
                ? mesh.model().hosts().stream()
                        .filter(RegisteredHost::isKubernetes)
                        .filter(host -> name.isWildcard()
                                ? host.hostname().value().contains(name.value().substring(1) + ".")
                                : host.hostname().value().startsWith(name.value() + "."))
                        .findFirst()
                : Optional.empty();
    }

    /** The name as the Service's is completed; a wildcard stays one. */
    private static String completed(Hostname name, RegisteredHost service) {
        String full = service.hostname().value();
        String written = name.value().substring(1);
        return name.isWildcard() ? name + full.substring(full.indexOf(written) + written.length()) : full;
    }

    /** The first few Services of that name in other namespaces, for the end of a sentence; empty if there are none. */
    String namesakes(Hostname name) {
        String first = name.value().substring(0, name.value().indexOf('.') + 1);
        String found = mesh.model().hosts().stream()
                .filter(RegisteredHost::isKubernetes)
                .filter(host -> host.hostname().value().startsWith(first))
                .limit(NAMESAKES)
                .map(host -> host.hostname() + " (" + Where.is(host.manifest()) + ")")
                .collect(Collectors.joining(", "));
        return found.isEmpty() ? "" : ", such as " + found;
    }

    /**
     * Whether these files would declare the host if anybody did: for a Service they declare others of its namespace; for a
     * host outside the cluster they declare others in the namespace of whoever names it.
     */
    boolean wouldBeDeclared(Hostname name, Manifest namedBy) {
        String domain = name.value().substring(Math.max(0, name.value().indexOf('.')));
        return name.value().contains(IN_CLUSTER)
                ? mesh.model().hosts().stream()
                        .anyMatch(host ->
                                host.isKubernetes() && host.hostname().value().endsWith(domain))
                : mesh.model().hosts().stream()
                        .anyMatch(
                                host -> !host.isKubernetes() && host.namespace().equals(namedBy.namespace()));
    }
}
