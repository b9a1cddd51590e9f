package dev.databasetraffic.rehearsal.experiment;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be rehearsed, and what would count as success. The descriptions are what {@link ExperimentFile} tells the
 * author of a file whose member is missing, mistyped or out of bounds.
 */
public record Experiment(
        @JsonPropertyDescription("the claim that the rehearsal puts to the test, e.g. title: Writes survive an outage")
        String title,

        @JsonPropertyDescription("whose traffic to which host, e.g. {host: firestore.googleapis.com, service: plants}")
        Scope scope,

        @JsonPropertyDescription("the outage, e.g. {apply: ../istio/outage/black-hole.yaml}")
        Fault fault,

        @JsonPropertyDescription("durations, e.g. {steady: 10s, outage: 20s, recovery: 10s, settle: 15s}")
        Phases phases,

        @JsonPropertyDescription("the writes, e.g. {rate: 50, concurrency: 512, timeout: 10s, body: {quantity: 3}}")
        Load load,

        @JsonPropertyDescription("what counts as success; see experiments/black-hole.yaml")
        Tolerances tolerances) {

    public Experiment {
        Invalid.blank("title", title);
    }

    /**
     * Whose traffic is touched; stated in the report, and enforced by the manifest.
     *
     * @param namespace absent for the suite's own
     * @param probe absent for plants, which is asked to write
     */
    public record Scope(
            @JsonPropertyDescription("the database's host name, e.g. firestore.googleapis.com")
            String host,

            @JsonPropertyDescription("the name of the service under test, e.g. plants")
            String service,

            @JsonPropertyDescription("the namespace of the service under test, e.g. shop") @Nullable
            String namespace,

            @JsonPropertyDescription("what is asked of another service than plants, e.g. {port: 80, path: /stock}")
            @Nullable
            Probe probe) {

        private static final String SUITE = "plants";

        public Scope {
            Invalid.blank("host", host);
            Invalid.blank("service", service);
            Invalid.when(namespace != null && namespace.isBlank(), "namespace");
        }

        /** The suite's own service. */
        public static Scope plants(String host) {
            return new Scope(host, SUITE, null, null);
        }

        public String namespaceOrDefault() {
            return namespace == null ? SUITE : namespace;
        }

        /** Whether the suite's own service is meant, which every place can start. */
        public boolean isPlants() {
            return service.equals(SUITE) && namespaceOrDefault().equals(SUITE) && probe == null;
        }
    }

    /**
     * What a service is asked that is not plants: a GET that needs the database and changes nothing. A status from 200
     * to 399 is success, as it is to Kubernetes' probes.
     */
    public record Probe(
            @JsonPropertyDescription("a port of the service from 1 to 65535, e.g. 80")
            int port,

            @JsonPropertyDescription("a path that begins with /, e.g. /stock")
            String path) {

        private static final int HIGHEST_PORT = 65_535;

        public Probe {
            Invalid.outside("port", port, 1, HIGHEST_PORT);
            Invalid.when(!path.startsWith("/"), "path");
        }
    }

    /** The outage: a mesh manifest that is applied and removed; its path is relative to the experiment's file. */
    public record Fault(
            @JsonPropertyDescription("a manifest, relative to this file, e.g. ../istio/outage/black-hole.yaml")
            String apply) {

        public Fault {
            Invalid.blank("apply", apply);
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
            Invalid.outside("steady", steady, SHORTEST);
            Invalid.outside("outage", outage, SHORTEST);
            Invalid.outside("recovery", recovery, SHORTEST);
            Invalid.outside("settle", settle, SHORTEST);
        }
    }

    /** An open loop: writes begin at a fixed rate, whether or not earlier ones have returned. */
    public record Load(
            @JsonPropertyDescription("a whole number of writes per second from 1 to 5000, e.g. 50")
            int rate,

            @JsonPropertyDescription("a whole number of writes in flight from 1 to 10000, e.g. 512")
            int concurrency,

            @JsonPropertyDescription("a duration from 100ms to 24h, above the service's own deadline, e.g. 10s")
            Duration timeout,

            @JsonPropertyDescription(
                    "members of the request beside its name, which the rehearsal gives, e.g. {quantity: 3}")
            Map<String, Object> body) {

        private static final int MAX_RATE = 5_000;
        private static final int MAX_CONCURRENCY = 10_000;

        public Load {
            Invalid.outside("rate", rate, 1, MAX_RATE);
            Invalid.outside("concurrency", concurrency, 1, MAX_CONCURRENCY);
            Invalid.outside("timeout", timeout, Duration.ofMillis(100));
            Invalid.when(body.containsKey("name"), "body");
            body = Map.copyOf(body);
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

        /** The service's deadline of 2 s and a quarter of a second. */
        public static final Duration FAILURE_BOUND = Duration.ofMillis(2250);

        public static final Duration RECOVERY_BOUND = Duration.ofSeconds(2);

        private static final Duration SHORTEST = Duration.ofMillis(1);

        public Tolerances {
            Invalid.when(!(steadySuccess >= 0 && steadySuccess <= 1), "steadySuccess");
            Invalid.outside("detect", detect, SHORTEST);
            Invalid.outside("callerSeesFailure", callerSeesFailure, SHORTEST);
            Invalid.outside("recover", recover, SHORTEST);
            Invalid.outside("acknowledgedLost", acknowledgedLost, 0, Integer.MAX_VALUE);
            Invalid.outside("duplicates", duplicates, 0, Integer.MAX_VALUE);
            Invalid.outside("phantoms", phantoms, 0, Integer.MAX_VALUE);
            Invalid.outside("unresolved", unresolved, 0, Integer.MAX_VALUE);
        }

        /** What plants-service promises: failures within its deadline, back at once, and nothing lost, doubled or left open. */
        public static Tolerances promised(double steadySuccess, boolean writesFail) {
            return new Tolerances(steadySuccess, writesFail, null, FAILURE_BOUND, RECOVERY_BOUND, 0, 0, 0, 0);
        }

        /** When the service should have recovered: the tolerance, or at once if there is none. */
        Duration recoverOrZero() {
            return recover == null ? Duration.ZERO : recover;
        }
    }

    /** A member whose value breaks its limit; its description says what the limit is. */
    static final class Invalid extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;
        private static final Duration LONGEST = Duration.ofHours(24);

        private Invalid(String member) {
            super(member);
        }

        private static void when(boolean broken, String member) {
            if (broken) {
                throw new Invalid(member);
            }
        }

        private static void blank(String member, String value) {
            when(value.isBlank(), member);
        }

        private static void outside(String member, int value, int least, int most) {
            when(value < least || value > most, member);
        }

        private static void outside(String member, @Nullable Duration value, Duration least) {
            when(value != null && (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0), member);
        }
    }
}
