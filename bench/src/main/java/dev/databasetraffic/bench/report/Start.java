package dev.databasetraffic.bench.report;

/**
 * One start of one subject.
 *
 * @param runtime such as {@code JVM 25.0.1+8-LTS}
 * @param form how it is packed
 * @param seconds from the start of the process to its first acknowledged write
 * @param cpuSeconds CPU time of the process until then
 * @param residentMegabytes then
 * @param megabytes of the jar or the binary
 * @param cacheMegabytes of the class archive or AOT cache, 0 if there is none
 */
public record Start(
        String subject,
        String runtime,
        String form,
        int round,
        double seconds,
        double cpuSeconds,
        double residentMegabytes,
        double megabytes,
        double cacheMegabytes) {}
