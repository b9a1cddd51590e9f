package dev.databasetraffic.plants.writer;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the loop that writes plants by itself.
 *
 * @param enabled whether it runs
 * @param interval time from the start of one write to the start of the next
 */
@Validated
@ConfigurationProperties(prefix = "plants.writer", ignoreUnknownFields = false)
record WriterProperties(
        @DefaultValue("false") boolean enabled,

        @NotNull @DurationMin(millis = 1) @DefaultValue("3s")
        Duration interval) {}
