package dev.databasetraffic.echo;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.io.File;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the service.
 *
 * @param address the address that every listener binds
 * @param listeners the listeners by name; the name appears in metrics, logs and the management endpoint
 * @param limits what one peer, and all of them together, may take up
 * @param slow the pace of the behaviour {@code slow}
 * @param shutdownGrace how long bytes that were already read may still be answered while the service stops
 * @param managementPortFile file that receives the management port, for a supervisor that let the system choose it; none
 *     by default
 */
@Validated
@ConfigurationProperties(prefix = "echo", ignoreUnknownFields = false)
record EchoProperties(
        @DefaultValue("0.0.0.0") InetAddress address,
        @NotEmpty Map<@Pattern(regexp = "[a-z][a-z0-9-]{0,31}") String, @Valid Listener> listeners,
        @DefaultValue @Valid Limits limits,
        @DefaultValue @Valid Slow slow,

        @DefaultValue("1s") @DurationMin @DurationMax(minutes = 1)
        Duration shutdownGrace,

        @Nullable File managementPortFile) {

    /**
     * One TCP port.
     *
     * @param port the port; 0 lets the system choose, and {@code /actuator/behaviour} tells which it chose
     * @param behaviour what the listener does to those who connect, from its start until someone switches it
     */
    record Listener(@Min(0) @Max(65_535) int port, @NotNull Behaviour behaviour) {}

    /**
     * What peers may take up. At most {@code connections} × ({@code readBuffer} + {@code firstBytes}) bytes are held for
     * them.
     *
     * @param connections open connections of all listeners together; one more is reset at once
     * @param bytes bytes that one connection may send; when they are answered, it is closed
     * @param lifetime age at which a connection is closed
     * @param idle time without a byte in either direction after which a connection is closed
     * @param readBuffer bytes read from a connection at once; no more are read until these are answered
     * @param firstBytes bytes kept of a connection's start, to name its protocol at its end; a ClientHello that is longer
     *     is logged without its server name
     */
    record Limits(
            @DefaultValue("16384") @Min(1) @Max(1_000_000) int connections,
            @DefaultValue("64MB") @NotNull @Bytes DataSize bytes,
            @DefaultValue("1h") @DurationMin(millis = 1) Duration lifetime,
            @DefaultValue("10m") @DurationMin(millis = 1) Duration idle,

            @DefaultValue("4KB") @NotNull @Bytes(max = 65_536)
            DataSize readBuffer,

            @DefaultValue("4KB") @NotNull @Bytes(min = 64, max = 65_536)
            DataSize firstBytes) {}

    /**
     * The pace of the behaviour {@code slow}.
     *
     * @param drip bytes sent at once
     * @param interval pause before each drip
     */
    record Slow(
            @DefaultValue("1B") @NotNull @Bytes(max = 65_536)
            DataSize drip,

            @DefaultValue("1s") @DurationMin(millis = 1) Duration interval) {}
}
