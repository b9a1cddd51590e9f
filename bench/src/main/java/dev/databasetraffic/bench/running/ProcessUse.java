package dev.databasetraffic.bench.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/** What Linux tells of a process in {@code /proc}. */
public final class ProcessUse {

    /** USER_HZ, which the kernel's interface fixes at 100 on every architecture that a JDK runs on: proc_pid_stat(5). */
    private static final int TICKS_PER_SECOND = 100;

    private static final int UTIME = 14;
    private static final int CUTIME = 16;

    private ProcessUse() {}

    /** CPU time of all its threads, in steps of 10 ms. */
    public static Duration cpu(long pid) throws IOException {
        return ticks(pid, UTIME);
    }

    /** CPU time of the children of this process that have ended and were waited for. */
    public static Duration cpuOfEndedChildren() throws IOException {
        return ticks(ProcessHandle.current().pid(), CUTIME);
    }

    /** Memory in RAM, in bytes. */
    public static long residentBytes(long pid) throws IOException {
        return status(pid, "VmRSS:") * 1024;
    }

    public static int threads(long pid) throws IOException {
        return Math.toIntExact(status(pid, "Threads:"));
    }

    private static long status(long pid, String name) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("/proc/" + pid + "/status has no " + name + " has the process ended?");
    }

    private static Duration ticks(long pid, int field) throws IOException {
        try {
            return ticks(Files.readString(Path.of("/proc", Long.toString(pid), "stat")), field);
        } catch (NoSuchFileException e) {
            throw new IOException("There is no process " + pid + ": has it ended?", e);
        }
    }

    /** Two neighbouring fields, user and system time; counted after the name, which may hold blanks and brackets. */
    static Duration ticks(String stat, int field) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[field - 3]) + Long.parseLong(fields[field - 2]);
        return Duration.ofMillis(ticks * 1000 / TICKS_PER_SECOND);
    }
}
