package dev.databasetraffic.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where it was measured. */
public record Machine(int cores, String cpu, double memoryGigabytes, String kernel, String jvm, double loadAverage) {

    public static Machine thisOne() throws IOException {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name"),
                Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024.0 / 1024.0,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.runtime.version"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    String described() {
        return String.format(
                Locale.ROOT,
                "%d cores (%s), %.0f GB, %s, JVM %s, load average %.2f when it began",
                cores,
                cpu,
                memoryGigabytes,
                kernel,
                jvm,
                loadAverage);
    }

    private static String field(String file, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of(file))) {
            if (line.startsWith(name)) {
                return line.substring(line.indexOf(':') + 1).trim();
            }
        }
        return "unknown";
    }
}
