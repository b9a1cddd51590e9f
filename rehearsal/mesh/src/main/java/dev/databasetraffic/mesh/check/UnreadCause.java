package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.model.Origin.Section;
import dev.databasetraffic.mesh.model.Protocol;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Rule;
import dev.databasetraffic.mesh.resource.VirtualService.StaticMatch;
import dev.databasetraffic.mesh.resource.VirtualService.TcpMatch;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Why no sidecar reads a route: tries one cause after the other, the plainest first. */
record UnreadCause(CheckedMesh mesh, Neighbourhood around, RouteUnit unit) {

    /** @return null if another rule's finding tells of it */
    @Nullable
    Finding finding() {
        for (Supplier<@Nullable Finding> cause : List.<Supplier<@Nullable Finding>>of(
                this::undeclared,
                sight()::invisibleHost,
                this::withoutPort,
                this::ignored,
                this::forNobody,
                this::elsewhere,
                sight()::hiddenRule)) {
            Finding finding = cause.get();
            if (finding != null) {
                return finding;
            }
        }
        Rule older = older();
        if (older == null) {
            return withoutEffect();
        }
        // Files do not say which is older: the pair is told of once, at the rule that is listed later.
        return isTold(older) ? null : inTheShadowOf(older);
    }

    private Sight sight() {
        return new Sight(mesh, around, unit);
    }

    private @Nullable Finding undeclared() {
        return sight().declared().isEmpty() ? new UndeclaredHosts(mesh).finding(unit) : null;
    }

    private @Nullable Finding withoutPort() {
        Finding alias = alias();
        if (alias != null) {
            return alias;
        }
        boolean matched = sight().visible().stream()
                .flatMap(host -> host.ports().stream())
                .anyMatch(port -> unit.matchesPort(port.number()));
        if (matched) {
            return null;
        }
        RegisteredHost host = sight().visible().get(0);
        return trap(
                Trap.MATCHES_NOBODY,
                "It is for port %s, and %s has none but %s (%s)."
                        .formatted(
                                unit.matches().stream()
                                        .map(StaticMatch::port)
                                        .map(String::valueOf)
                                        .collect(Collectors.joining(", ")),
                                host.hostname(),
                                ports(List.of(host)),
                                Where.is(host.manifest(), "spec", "ports")),
                "name one of these ports in the %s, or declare the port"
                        .formatted(unit.rule().isOfGatewayApi() ? "parent" : "match"));
    }

    private @Nullable Finding ignored() {
        List<RegisteredHost> hosts = sight().visible();
        boolean heeded = hosts.stream()
                .flatMap(host -> host.ports().stream())
                .filter(port -> unit.matchesPort(port.number()))
                .anyMatch(port -> reads(port.protocol(), unit.section()));
        if (heeded) {
            return null;
        }
        RegisteredHost host = hosts.stream()
                .filter(each -> each.ports().stream().anyMatch(port -> unit.matchesPort(port.number())))
                .findFirst()
                .orElseThrow();
        int index = firstMatched(host);
        RegisteredHost.Port port = host.ports().get(index);
        return trap(
                Trap.IGNORED_ROUTE,
                ("This %s route does nothing: port %d of %s is %s (%s), and sidecars heed %s routes alone there."
                                + " The traffic goes on to %s as if the rule did not exist.")
                        .formatted(
                                unit.section().member(),
                                port.number(),
                                host.hostname(),
                                port.protocol() == Protocol.SNIFFED ? "of no declared protocol" : port.protocol(),
                                Where.is(host.manifest(), "spec", "ports", index),
                                sectionOf(port.protocol()),
                                host.hostname()),
                IgnoredRouteMend.of(unit, host, port));
    }

    /** A Service of type ExternalName has no listener: connections to it are those of the host that it stands for. */
    private @Nullable Finding alias() {
        RegisteredHost host = sight().visible().get(0);
        return host.aliasOf() == null
                ? null
                : trap(
                        Trap.NO_EFFECT,
                        "%s (%s) is another name for %s, and sidecars have no listener of its own: connections go where %s goes."
                                .formatted(host.hostname(), Where.is(host.manifest()), host.aliasOf(), host.aliasOf()),
                        "write the rule for %s, declared by a ServiceEntry".formatted(host.aliasOf()));
    }

    private int firstMatched(RegisteredHost host) {
        for (int i = 0; i < host.ports().size(); i++) {
            if (unit.matchesPort(host.ports().get(i).number())) {
                return i;
            }
        }
        throw new IllegalStateException("no port is matched");
    }

    private @Nullable Finding forNobody() {
        boolean seen = unit.matches().isEmpty()
                || unit.matches().stream()
                        .map(StaticMatch::sourceNamespace)
                        .anyMatch(name -> name.isEmpty() || unit.rule().isVisibleIn(name));
        return seen
                ? null
                : trap(
                        Trap.MATCHES_NOBODY,
                        "It is for namespace %s, which does not see the rule: exportTo is %s."
                                .formatted(
                                        unit.matches().get(0).sourceNamespace(),
                                        unit.rule().spec().exportTo()),
                        "add the namespace to exportTo, or take sourceNamespace away");
    }

    private @Nullable Finding elsewhere() {
        List<String> subnets = unit.matches().stream()
                .flatMap(match -> match instanceof TcpMatch tcp ? tcp.destinationSubnets().stream() : Stream.empty())
                .toList();
        List<RegisteredHost> hosts = sight().visible();
        boolean shared = hosts.stream()
                .anyMatch(host -> host.isAddressUnknown() || host.address().equals(RegisteredHost.UNSPECIFIED));
        return subnets.isEmpty() || shared
                ? null
                : trap(
                        Trap.MATCHES_NOBODY,
                        "It is for destinations in %s, and %s (%s) has %s: no connection is both."
                                .formatted(
                                        String.join(", ", subnets),
                                        hosts.get(0).hostname(),
                                        Where.is(hosts.get(0).manifest(), "spec", "addresses"),
                                        hosts.stream()
                                                .map(RegisteredHost::address)
                                                .distinct()
                                                .collect(Collectors.joining(", "))),
                        "take destinationSubnets away, or name the addresses that the host has");
    }

    private @Nullable Rule older() {
        return unit.rule().hosts().stream()
                .flatMap(host -> mesh.rulesOverlapping(host).stream())
                .filter(each -> !each.manifest().replaces(unit.manifest()))
                .filter(each -> around.wouldBeReadAmong(unit, present -> !present.equals(each.manifest())))
                .findFirst()
                .orElse(null);
    }

    /** Two of one kind are each in the other's shadow, as long as nobody knows their ages. */
    private boolean isTold(Rule older) {
        return older.isOfGatewayApi() == unit.rule().isOfGatewayApi()
                && older.resource().created().equals(unit.rule().resource().created())
                && mesh.isListedBefore(unit.manifest(), older.manifest());
    }

    private Finding inTheShadowOf(Rule older) {
        return trap(
                Trap.SHARED_SERVER_NAME,
                "%s and %s (%s) both route %s for the same callers: %s, silently."
                        .formatted(
                                unit.manifest(),
                                older.manifest(),
                                Where.is(older.manifest()),
                                unit.serverNames().isEmpty()
                                        ? unit.rule().hosts().get(0)
                                        : String.join(", ", unit.serverNames()),
                                older.isOfGatewayApi() && !unit.rule().isOfGatewayApi()
                                        ? "a route of the Gateway API comes first in its own namespace, elsewhere whichever"
                                                + " was created first"
                                        : "whichever was created first wins"),
                "keep one of them; or give both the same name and namespace, so that applying one replaces the"
                        + " other; or let their sourceLabels or exportTo exclude each other");
    }

    private Finding withoutEffect() {
        return new Finding(
                Trap.NO_EFFECT,
                // A last request route for everything, behind another such, is a habit and harms nobody.
                unit.section() == Section.HTTP && unit.matches().isEmpty() ? Severity.NOTE : Severity.TRAP,
                unit.manifest(),
                unit.line(),
                "This %s route does nothing: no sidecar has a filter chain or a request route because of it. An"
                                .formatted(unit.section().member())
                        + " earlier match takes the same connections, or it has no destination.",
                "take it away, or move it before the match that takes its traffic");
    }

    private Finding trap(Trap trap, String why, String mend) {
        return new Finding(trap, Severity.TRAP, unit.manifest(), unit.line(), why, mend);
    }

    private static String ports(Collection<RegisteredHost> hosts) {
        return hosts.stream()
                .flatMap(host -> host.ports().stream())
                .map(port -> port.number() + "/" + port.protocol())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    static boolean reads(Protocol protocol, Section section) {
        return switch (section) {
            case TLS -> protocol.isTls();
            case TCP -> protocol.isTcp() && !protocol.isTls() || protocol == Protocol.SNIFFED;
            case HTTP -> protocol.isHttp() || protocol == Protocol.SNIFFED;
        };
    }

    static String sectionOf(Protocol protocol) {
        return protocol.isTls()
                ? "tls"
                : protocol.isHttp() ? "http" : protocol == Protocol.SNIFFED ? "tcp and http" : "tcp";
    }
}
