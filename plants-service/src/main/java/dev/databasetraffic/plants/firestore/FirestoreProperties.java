package dev.databasetraffic.plants.firestore;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How this service reaches Firestore.
 *
 * @param endpoint host and port to dial
 * @param authority the name that the TLS certificate must carry, also sent as SNI and {@code :authority}; the endpoint's
 *     host when absent
 * @param project id of the Google Cloud project; {@code GOOGLE_CLOUD_PROJECT} when absent
 * @param database id of the database within the project
 * @param credentials {@code adc} for Application Default Credentials, {@code emulator} for an emulator's owner token
 * @param tokenTimeout how long fetching an access token may take; must be longer than a healthy endpoint takes
 * @param deadline budget of one operation from its request's arrival to its answer, waiting and retries included
 * @param client how much is done about outages: {@code guarded} is all of it; {@code deadline}, {@code default} and
 *     {@code default-guarded} are there to compare with
 * @param writes how writes are grouped
 * @param warmUp how the path is exercised before the service calls itself ready
 */
@Validated
@ConfigurationProperties(prefix = "plants.firestore", ignoreUnknownFields = false)
record FirestoreProperties(
        @NotNull @DefaultValue("firestore.googleapis.com:443")
        Endpoint endpoint,

        @Nullable String authority,

        @NotBlank(message = "is not set: give the id of the Google Cloud project here or as GOOGLE_CLOUD_PROJECT")
        String project,

        @NotBlank @DefaultValue("(default)") String database,
        @NotNull @DefaultValue("adc") CredentialsKind credentials,

        @NotNull @DurationMin(millis = 50) @DefaultValue("1s")
        Duration tokenTimeout,

        @NotNull @DurationMin(millis = 100) @DurationMax(minutes = 1) @DefaultValue("2s")
        Duration deadline,

        @NotNull @DefaultValue("guarded") ClientKind client,
        @NotNull @Valid @DefaultValue Writes writes,
        @NotNull @Valid @DefaultValue WarmUp warmUp) {

    /** Where credentials come from. */
    enum CredentialsKind {
        /** Application Default Credentials: workload identity, a service account's file or the developer's login. */
        ADC,
        /** The token that lets the emulator's rules pass everything. */
        EMULATOR
    }

    /** How much is done about outages. */
    enum ClientKind {
        /** Deadline, guarded channel, and failing at once while Firestore is known to be away. */
        GUARDED,
        /** A deadline on the same path, and nothing else. */
        DEADLINE,
        /** The client library as it comes: one create per write, its own retries and time limits. */
        DEFAULT,
        /** The client library as it comes, with the guard of its channel and nothing else of ours. */
        DEFAULT_GUARDED;

        /** Whether retries, time limits and credentials are the library's own. */
        boolean isDefault() {
            return this == DEFAULT || this == DEFAULT_GUARDED;
        }
    }

    /**
     * How writes are grouped: a call carries what queued up while the calls before it were under way.
     *
     * @param queueCapacity writes that may wait; more are refused
     * @param callsInFlight calls that may be under way at the same time, however near Firestore is
     * @param maxCallsInFlight calls that may be under way at the same time, however far it is
     * @param callSpacing longest wait of a write for company while a call may begin; above calls-in-flight, one more call
     *     for so much of the time that a call takes when it is the only one
     * @param groupSize most writes in a call; Firestore allows 500
     * @param groupBytes most bytes of writes in a call; Firestore allows 10 MiB with everything around them
     */
    record Writes(
            @Min(1) @DefaultValue("1000") int queueCapacity,
            @Min(1) @Max(100) @DefaultValue("2") int callsInFlight,
            @Min(1) @Max(100) @DefaultValue("64") int maxCallsInFlight,

            @NotNull @DurationMin(nanos = 1000) @DurationMax(millis = 100) @DefaultValue("1ms")
            Duration callSpacing,

            @Min(1) @Max(500) @DefaultValue("500") int groupSize,
            @NotNull @DefaultValue("9MB") DataSize groupBytes) {

        private static final DataSize MOST = DataSize.ofMegabytes(10);

        Writes {
            if (groupBytes.toBytes() < 1 || groupBytes.compareTo(MOST) > 0) {
                throw new IllegalArgumentException(
                        "group-bytes must be from 1B to 10MB, which Firestore takes at most");
            }
            if (maxCallsInFlight < callsInFlight) {
                throw new IllegalArgumentException("max-calls-in-flight is " + maxCallsInFlight
                        + ", less than calls-in-flight, which is " + callsInFlight);
            }
        }
    }

    /**
     * How the path is exercised before the service calls itself ready.
     *
     * @param deadline time limit of each call, generous because a cold JVM's first call is slow
     * @param retryInterval wait between attempts while Firestore is away
     * @param rounds times that the path is taken
     * @param load longest time for which the service then adds plants to itself, in a dry run over HTTP, while its compilers
     *     have much to do or it gets faster; 0 for none
     */
    record WarmUp(
            @NotNull @DurationMin(millis = 100) @DefaultValue("10s")
            Duration deadline,

            @NotNull @DurationMin(millis = 10) @DefaultValue("500ms")
            Duration retryInterval,

            @Min(1) @DefaultValue("20") int rounds,

            @NotNull @DurationMin @DurationMax(minutes = 5) @DefaultValue("60s")
            Duration load) {}

    /** The name to expect on the other side. */
    String effectiveAuthority() {
        return authority == null || authority.isBlank() ? endpoint.host() : authority;
    }
}
