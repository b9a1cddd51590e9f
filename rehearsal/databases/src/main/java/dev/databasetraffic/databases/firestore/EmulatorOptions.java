package dev.databasetraffic.databases.firestore;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How to run the emulator.
 *
 * @param port where it listens on the loopback address; 0 for any free port
 * @param maxHeap the heap's limit as {@code -Xmx} takes it; the emulator keeps about 1.6 KB of each document ever written
 * @param jvmArguments further arguments of its JVM
 * @param startTimeout how long it may take from its start until it answers
 * @param workFolder where its log and temporary files go, kept at the end; null for a folder of its own that is deleted
 *     at the end
 * @param logFolder where its log goes instead, kept at the end; null for the work folder
 * @param seed an export of {@link FirestoreEmulator#export} to begin with; null to begin empty
 * @param download whether it may be fetched if it does not lie ready
 * @param environment where the variables that say where the emulator is are looked up, usually {@link System#getenv()}
 * @param progress where the bar of a download is drawn
 */
public record EmulatorOptions(
        int port,
        String maxHeap,
        List<String> jvmArguments,
        Duration startTimeout,
        @Nullable Path workFolder,
        @Nullable Path logFolder,
        @Nullable Path seed,
        boolean download,
        Map<String, String> environment,
        PrintStream progress) {

    private static final long MEGABYTE = 1 << 20;
    private static final long DEFAULT_HEAP_MEGABYTES = 3 << 10;

    /** A heap for a load of minutes, in megabytes: half of the machine's memory, but not less than the default. */
    public static long halfOfTheMachine() {
        long machine =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return Math.max(DEFAULT_HEAP_MEGABYTES, machine / MEGABYTE / 2);
    }

    public static EmulatorOptions defaults() {
        return new EmulatorOptions(
                0,
                DEFAULT_HEAP_MEGABYTES + "m",
                List.of(),
                Duration.ofSeconds(60),
                null,
                null,
                null,
                false,
                System.getenv(),
                System.err);
    }

    public EmulatorOptions withPort(int newPort) {
        return new EmulatorOptions(
                newPort,
                maxHeap,
                jvmArguments,
                startTimeout,
                workFolder,
                logFolder,
                seed,
                download,
                environment,
                progress);
    }

    public EmulatorOptions withMaxHeap(String newMaxHeap) {
        return new EmulatorOptions(
                port,
                newMaxHeap,
                jvmArguments,
                startTimeout,
                workFolder,
                logFolder,
                seed,
                download,
                environment,
                progress);
    }

    public EmulatorOptions withJvmArguments(List<String> newJvmArguments) {
        return new EmulatorOptions(
                port,
                maxHeap,
                List.copyOf(newJvmArguments),
                startTimeout,
                workFolder,
                logFolder,
                seed,
                download,
                environment,
                progress);
    }

    /** The folder must exist; several processes may share it, and it is deleted if this JVM dies without a goodbye. */
    public EmulatorOptions withWorkFolder(Path newWorkFolder) {
        return new EmulatorOptions(
                port,
                maxHeap,
                jvmArguments,
                startTimeout,
                newWorkFolder,
                logFolder,
                seed,
                download,
                environment,
                progress);
    }

    /** The folder must exist. */
    public EmulatorOptions withLogFolder(Path newLogFolder) {
        return new EmulatorOptions(
                port,
                maxHeap,
                jvmArguments,
                startTimeout,
                workFolder,
                newLogFolder,
                seed,
                download,
                environment,
                progress);
    }

    public EmulatorOptions withSeed(@Nullable Path newSeed) {
        return new EmulatorOptions(
                port,
                maxHeap,
                jvmArguments,
                startTimeout,
                workFolder,
                logFolder,
                newSeed,
                download,
                environment,
                progress);
    }

    public EmulatorOptions withDownload(boolean newDownload) {
        return new EmulatorOptions(
                port,
                maxHeap,
                jvmArguments,
                startTimeout,
                workFolder,
                logFolder,
                seed,
                newDownload,
                environment,
                progress);
    }

    public EmulatorOptions withEnvironment(Map<String, String> newEnvironment) {
        return new EmulatorOptions(
                port,
                maxHeap,
                jvmArguments,
                startTimeout,
                workFolder,
                logFolder,
                seed,
                download,
                Map.copyOf(newEnvironment),
                progress);
    }
}
