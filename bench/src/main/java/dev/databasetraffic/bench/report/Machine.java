package dev.databasetraffic.bench.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Where it was measured. */
public record Machine(int cores, String cpu, double memoryGigabytes, String kernel, String jvm, double loadAverage) {

    public static Machine thisOne() throws IOException {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name"),
                Long.parseLong(field("/proc/meminfo", "MemTotal").replaceAll("\\D", "")) / 1024.0 / 1024.0,
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                versionOf(Path.of(System.getProperty("java.home"), "bin", "java")),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    /** Such as {@code 25.0.1+8-LTS}, asked of the executable. */
    public static String versionOf(Path java) throws IOException {
        Process process = new ProcessBuilder(java.toString(), "-version")
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("Runtime Environment"))
                .toList();
        if (lines.isEmpty()) {
            throw new IOException(java + " does not tell its version");
        }
        return lines.get(0).replaceAll(".*build |\\).*", "");
    }

    /** Such as 25. */
    public static int featureOf(Path java) throws IOException {
        return Runtime.Version.parse(versionOf(java).replaceAll("-.*", "")).feature();
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
