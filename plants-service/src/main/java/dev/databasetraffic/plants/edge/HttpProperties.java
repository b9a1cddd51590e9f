package dev.databasetraffic.plants.edge;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the HTTP interface.
 *
 * @param retryAfter what callers are told to wait, in whole seconds, before they try again after a 503
 * @param maxBodySize largest body that is read, however it is sent
 * @param bodyTimeout how long a body may take to arrive, however steadily it drips
 * @param maxRequests requests that may be in progress at the same time; as many more may wait for one of them to end, and
 *     others are refused
 * @param maxBurst for how long those may come to wait while each waits for a tenth of it or more; later ones are refused at
 *     once
 * @param maxWait how long a request may wait for a place and a thread before it is refused
 * @param maxFutileRequests requests a second that go their whole way while the database is known to be away; more are told so
 *     unread. By one at least the channel's guard learns that somebody still calls
 */
@Validated
@ConfigurationProperties(prefix = "plants.http", ignoreUnknownFields = false)
record HttpProperties(
        @NotNull @DurationMin(seconds = 1) @DefaultValue("1s")
        Duration retryAfter,

        @NotNull @DefaultValue("16KB") DataSize maxBodySize,

        @NotNull @DurationMin(millis = 100) @DefaultValue("10s")
        Duration bodyTimeout,

        @Min(1) @DefaultValue("256") int maxRequests,

        @NotNull @DurationMin(millis = 10) @DefaultValue("250ms")
        Duration maxBurst,

        @NotNull @DurationMin(millis = 10) @DefaultValue("500ms")
        Duration maxWait,

        @Min(1) @DefaultValue("100") int maxFutileRequests) {

    HttpProperties {
        if (maxBodySize.toBytes() < 1) {
            throw new IllegalArgumentException("max-body-size must be 1B at least");
        }
    }

    /** The value of the header that tells callers so. */
    String retryAfterSeconds() {
        return String.valueOf(retryAfter.toSeconds());
    }
}
