package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.databasetraffic.faults.Connections;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be rehearsed, and what would count as success. The descriptions are what {@link ExperimentFile} tells the
 * author of a file whose member is missing, mistyped or out of bounds.
 */
public record Experiment(
        @JsonPropertyDescription("the claim that the rehearsal puts to the test, e.g. title: Writes survive an outage")
        String title,

        @JsonPropertyDescription("the service under test, e.g. {name: shop, url: http://127.0.0.1:8080}")
        ServiceUnderTest service,

        @JsonPropertyDescription("what callers ask of it, one or a list, e.g. {request: {method: GET, path: /stock},"
                + " acknowledged: {status: 200}, reads: true}")
        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
        List<Operation> operation,

        @JsonPropertyDescription("the database that is taken from it, e.g. {host: db.example.com, port: 5432}")
        DatabaseUnderTest database,

        @JsonPropertyDescription(
                "the healthy mesh, e.g. {manifests: [../k8s, ../istio], namespace: shop, labels: {app: shop}};"
                        + " left out, the database's entry alone")
        @Nullable
        MeshUnderTest mesh,

        @JsonPropertyDescription("other settings of the service to compare with, by name, e.g. {cured: {arguments:"
                + " [--spring.profiles.active=cured]}}")
        @Nullable
        Map<String, Variant> variants,

        @JsonPropertyDescription("the outage, e.g. {apply: ../istio/outage/black-hole.yaml}")
        Fault fault,

        @JsonPropertyDescription("durations, e.g. {steady: 10s, outage: 20s, recovery: 10s, settle: 15s}")
        Phases phases,

        @JsonPropertyDescription("the load, e.g. {rate: 50, concurrency: 512, timeout: 10s}")
        Load load,

        @JsonPropertyDescription("what counts as success; see experiments/black-hole.yaml")
        Tolerances tolerances) {

    public Experiment {
        InvalidMember.blank("title", title);
        InvalidMember.when(operation.isEmpty(), "operation");
        operation = List.copyOf(operation);
        if (variants != null) {
            variants.forEach((name, variant) -> InvalidMember.when(variant == null, "variants", name));
        }
    }

    /** The same service, operation and database in another course of events. */
    public Experiment with(String newTitle, Fault newFault, Phases newPhases, Load newLoad, Tolerances newTolerances) {
        return new Experiment(
                newTitle, service, operation, database, mesh, variants, newFault, newPhases, newLoad, newTolerances);
    }

    /** The same experiment with another service, which is asked otherwise. */
    public Experiment withOperation(Operation other) {
        return new Experiment(
                title, service, List.of(other), database, mesh, variants, fault, phases, load, tolerances);
    }

    /** The mesh, or one that knows nothing but the database. */
    public MeshUnderTest meshOrDefault() {
        return mesh == null ? MeshUnderTest.of(service.name()) : mesh;
    }

    /** The service's other settings by name, in the file's order; empty if it is as it is. */
    public Map<String, Variant> variantsOrEmpty() {
        return variants == null ? Map.of() : variants;
    }

    /**
     * The service with some other settings.
     *
     * @param recovery how long the fault matrix waits for it to be back; absent for as long as a client's own back-off takes
     */
    public record Variant(
            @JsonPropertyDescription("what it is, for a reader, e.g. a pool that validates connections")
            String description,

            @JsonPropertyDescription("arguments after those of the command, e.g. [--spring.profiles.active=cured]")
            @Nullable
            List<String> arguments,

            @JsonPropertyDescription("variables of the environment beside its own, e.g. {POOL: cured}") @Nullable
            Map<String, String> environment,

            @JsonPropertyDescription("how long the fault matrix waits until it is back, from 1s to 24h, e.g. 4s")
            @Nullable
            Duration recovery) {

        public Variant {
            InvalidMember.blank("description", description);
            InvalidMember.outside("recovery", recovery, Duration.ofSeconds(1));
        }

        public List<String> argumentsOrEmpty() {
            return arguments == null ? List.of() : arguments;
        }

        public Map<String, String> environmentOrEmpty() {
            return environment == null ? Map.of() : environment;
        }
    }

    /** The outage: a mesh manifest that is applied and removed, or a fault of the wire on this machine. */
    public record Fault(
            @JsonPropertyDescription("a manifest, relative to this file, e.g. ../istio/outage/black-hole.yaml")
            @Nullable
            String apply,

            @JsonPropertyDescription(
                    "a fault of the wire, on this machine alone, e.g. frozen; ./rehearse matrix --help has them")
            @Nullable
            String wire,

            @JsonPropertyDescription("what the wire's fault does to open connections: cut or left") @Nullable
            Connections connections) {

        public Fault {
            InvalidMember.when((apply == null) == (wire == null), apply == null ? "apply" : "wire");
            InvalidMember.when(apply != null && apply.isBlank(), "apply");
            InvalidMember.when(wire != null && wire.isBlank(), "wire");
            InvalidMember.when(wire == null && connections != null, "connections");
        }

        /** One of manifests. */
        public static Fault applied(String manifest) {
            return new Fault(manifest, null, null);
        }

        /** One of the wire. */
        public static Fault named(String wire, Connections connections) {
            return new Fault(null, wire, connections);
        }

        /** As reports have it. */
        public String title() {
            return apply != null
                    ? apply
                    : wire + (connections == null ? "" : ", open connections " + connections.text());
        }
    }

    /** How long each phase lasts; settling ends as soon as nothing is left to settle. */
    public record Phases(
            @JsonPropertyDescription("a duration from 1s to 24h, e.g. 10s")
            Duration steady,

            @JsonPropertyDescription("a duration from 1s to 24h, e.g. 20s")
            Duration outage,

            @JsonPropertyDescription("a duration from 1s to 24h, e.g. 10s")
            Duration recovery,

            @JsonPropertyDescription("a duration from 1s to 24h, e.g. 15s")
            Duration settle) {

        private static final Duration SHORTEST = Duration.ofSeconds(1);

        public Phases {
            InvalidMember.outside("steady", steady, SHORTEST);
            InvalidMember.outside("outage", outage, SHORTEST);
            InvalidMember.outside("recovery", recovery, SHORTEST);
            InvalidMember.outside("settle", settle, SHORTEST);
        }
    }

    /** An open loop: writes begin at a fixed rate, whether or not earlier ones have returned. */
    public record Load(
            @JsonPropertyDescription("a whole number of writes per second from 1 to 5000, e.g. 50")
            int rate,

            @JsonPropertyDescription("a whole number of writes in flight from 1 to 10000, e.g. 512")
            int concurrency,

            @JsonPropertyDescription("a duration from 100ms to 24h, above the service's own deadline, e.g. 10s")
            Duration timeout) {

        private static final int MAX_RATE = 5_000;
        private static final int MAX_CONCURRENCY = 10_000;

        public Load {
            InvalidMember.outside("rate", rate, 1, MAX_RATE);
            InvalidMember.outside("concurrency", concurrency, 1, MAX_CONCURRENCY);
            InvalidMember.outside("timeout", timeout, Duration.ofMillis(100));
        }
    }

    /** What is still acceptable; a time that is absent is reported but not judged. */
    public record Tolerances(
            @JsonPropertyDescription("a share from 0 to 1, e.g. 0.99")
            double steadySuccess,

            @JsonPropertyDescription("true if an outage that fails no write breaks the hypothesis, else false")
            boolean writesFail,

            @JsonPropertyDescription("a duration from 1ms to 24h, e.g. 3s") @Nullable
            Duration detect,

            @JsonPropertyDescription("a duration from 1ms to 24h, e.g. 3s") @Nullable
            Duration callerSeesFailure,

            @JsonPropertyDescription("for 99 of 100 callers, of many outages: a duration from 1ms to 24h, e.g. 2250ms")
            @Nullable
            Duration callerSeesFailure99,

            @JsonPropertyDescription("a duration from 1ms to 24h, e.g. 3s") @Nullable
            Duration recover,

            @JsonPropertyDescription("a whole number from 0, e.g. 0")
            int acknowledgedLost,

            @JsonPropertyDescription("a whole number from 0, e.g. 0")
            int duplicates,

            @JsonPropertyDescription("a whole number from 0, e.g. 0")
            int phantoms,

            @JsonPropertyDescription("a whole number from 0, e.g. 0")
            int unresolved) {

        private static final Duration SHORTEST = Duration.ofMillis(1);

        public Tolerances {
            InvalidMember.when(!(steadySuccess >= 0 && steadySuccess <= 1), "steadySuccess");
            InvalidMember.outside("detect", detect, SHORTEST);
            InvalidMember.outside("callerSeesFailure", callerSeesFailure, SHORTEST);
            InvalidMember.outside("callerSeesFailure99", callerSeesFailure99, SHORTEST);
            InvalidMember.outside("recover", recover, SHORTEST);
            InvalidMember.outside("acknowledgedLost", acknowledgedLost, 0, Integer.MAX_VALUE);
            InvalidMember.outside("duplicates", duplicates, 0, Integer.MAX_VALUE);
            InvalidMember.outside("phantoms", phantoms, 0, Integer.MAX_VALUE);
            InvalidMember.outside("unresolved", unresolved, 0, Integer.MAX_VALUE);
        }

        /** The same for many outages, of which not each must be felt at once, and of whose failures a few may be slow. */
        public Tolerances ofMany(double newSteadySuccess, boolean newWritesFail) {
            return new Tolerances(
                    newSteadySuccess,
                    newWritesFail,
                    null,
                    failure99(),
                    callerSeesFailure99,
                    recover,
                    acknowledgedLost,
                    duplicates,
                    phantoms,
                    unresolved);
        }

        /** How long 99 of 100 callers may wait for their failure; absent if that is not judged. */
        public @Nullable Duration failure99() {
            return callerSeesFailure99 == null ? callerSeesFailure : callerSeesFailure99;
        }
    }
}
