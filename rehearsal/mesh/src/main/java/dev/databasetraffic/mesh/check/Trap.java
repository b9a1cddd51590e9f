package dev.databasetraffic.mesh.check;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of finding. Their ids are stable: suppressions and reports name them. */
public enum Trap {
    REFUSED("refused", "The API server or Istio's webhook does not take it"),
    NOT_READ("not-read", "Speaks of traffic, and is not read here"),

    // The rule changes nothing.
    IGNORED_ROUTE("ignored-route", "A section of routes that the port's protocol does not read"),
    UNDECLARED_HOST("undeclared-host", "A rule for a host that the mesh does not know"),
    OTHER_CASE("other-case", "A host written in another case than where it is declared"),
    NOT_BOUND_TO_MESH("not-bound-to-mesh", "A rule for gateways alone, which sidecars do not read"),
    NOT_VISIBLE("not-visible", "A host or rule that is not exported to the namespace, or not imported by its Sidecar"),
    MATCHES_NOBODY("matches-nobody", "A match that holds for no workload, gateway or port"),
    SHARED_SERVER_NAME("shared-server-name", "Two rules for one host: the older one wins"),
    NO_WEIGHT("no-weight", "A destination without weight beside others gets no traffic"),
    NO_EFFECT("no-effect", "A rule without which the mesh does the same"),
    NOT_CAPTURED("not-captured", "Traffic that leaves the workload without passing its sidecar"),

    SHADOWED_HOST("shadowed-host", "Two declarations of one host that the mesh does not merge"),
    REPLACED("replaced", "An object that a later one of the same name replaces"),
    SECOND_SIDECAR("second-sidecar", "A Sidecar for the same workloads as an older one"),
    NOT_AT_WAYPOINT("not-at-waypoint", "A route that a waypoint does not read"),

    // The rule changes more than it names.
    MISNAMED_TLS("misnamed-tls", "A port with TLS that is declared as something else"),
    MISNAMED_PORT("misnamed-port", "A well-known port that is declared as what its servers do not speak"),
    CATCHES_EVERY_HOST("catches-every-host", "A port without an address takes the connections of all hosts"),
    SHARED_ADDRESS("shared-address", "Two hosts at one address and port: one of them gets the connections of both"),
    TAKES_OTHER_HOSTS("takes-other-hosts", "A rule for one host takes away the chain of others"),
    MESH_WIDE_DIVERSION("mesh-wide-diversion", "An outage for every workload of the mesh"),
    TLS_TWICE("tls-twice", "The sidecar wraps TLS around what is TLS already"),

    // Traffic ends nowhere.
    MISSING_DESTINATION("missing-destination", "A route to a host, port or subset that does not exist"),
    NO_ENDPOINTS("no-endpoints", "A host without anybody behind it"),
    LISTENER_REFUSED("listener-refused", "Server names for which Envoy refuses the whole listener"),
    HTTP_NAMED_PORT("http-named-port", "TLS sent to a port that is named http"),
    PLAINTEXT_TO_TLS("plaintext-to-tls", "Plain HTTP sent to a port that expects TLS"),
    TLS_TO_PLAINTEXT("tls-to-plaintext", "TLS sent to a port that expects plain HTTP"),
    GATEWAY_DEAD_END("gateway-dead-end", "A gateway that closes what sidecars send to it"),

    // The author allows something.
    UNKNOWN_ALLOWANCE("unknown-allowance", "An annotation that allows what is none of these ids"),
    UNUSED_ALLOWANCE("unused-allowance", "An annotation that allows what was not found");

    private final String id;
    private final String title;

    Trap(String id, String title) {
        this.id = id;
        this.title = title;
    }

    public static Optional<Trap> of(String id) {
        return Arrays.stream(values()).filter(trap -> trap.id.equals(id)).findFirst();
    }

    /** All ids, for a sentence. */
    public static String ids() {
        return Arrays.stream(values()).map(Trap::id).sorted().collect(Collectors.joining(", "));
    }

    public String id() {
        return id;
    }

    /** What it is, in a line. */
    public String title() {
        return title;
    }

    /** What it does, why, and how to mend it, with examples. */
    public Explanation explanation() {
        return Explanation.of(this);
    }
}
