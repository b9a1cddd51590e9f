package dev.databasetraffic.plants.inventory;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the HTTP interface.
 *
 * @param retryAfter what callers are told to wait, in whole seconds, before they try again after a 503
 */
@Validated
@ConfigurationProperties("plants.http")
record HttpProperties(
        @NotNull @DurationMin(seconds = 1) @DefaultValue("1s")
        Duration retryAfter) {}
