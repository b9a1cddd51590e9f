package dev.databasetraffic.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One subject under one slice of one load in one round.
 *
 * @param round from 1
 * @param slice from 1; what has the same round, slice and number of connections was measured within seconds
 * @param p50 latency in milliseconds, like the other percentiles
 * @param serviceCpu microseconds of CPU time per acknowledged write, like the other CPU times
 * @param frontCpu of the TLS front and of any relay
 * @param others share of the machine's CPU time that went to processes which are no part of the bench, 0 to 1
 * @param residentMegabytes of the service, at the end of the load
 * @param allocatedKilobytes per acknowledged write, null where the runtime does not tell
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measurement(
        String subject,
        int connections,
        int round,
        int slice,
        long acknowledged,
        double writesPerSecond,
        double p50,
        double p99,
        double p999,
        double serviceCpu,
        double emulatorCpu,
        double frontCpu,
        double loadCpu,
        double others,
        double residentMegabytes,
        @Nullable Double allocatedKilobytes) {}
