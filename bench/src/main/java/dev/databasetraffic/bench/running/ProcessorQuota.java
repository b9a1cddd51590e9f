package dev.databasetraffic.bench.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Gives a process a part of the machine's processors, as a container's limit does, so that it meets its own limit while
 * those who load it have theirs before them.
 */
public final class ProcessorQuota implements AutoCloseable {

    private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");

    /** Short, so that a process that has used its share waits for milliseconds, and not for most of a tenth of a second. */
    private static final Duration PERIOD = Duration.ofMillis(10);

    private final Path parent;
    private final Path group;

    private ProcessorQuota(Path parent, Path group) {
        this.parent = parent;
        this.group = group;
    }

    /**
     * @param processors such as 0.5
     * @throws IOException if this user may not, which takes root
     */
    public static ProcessorQuota of(long pid, double processors) throws IOException {
        boolean unified = Files.exists(CONTROL_GROUPS.resolve("cgroup.controllers"));
        Path parent = unified ? CONTROL_GROUPS : CONTROL_GROUPS.resolve("cpu");
        Path group = parent.resolve("bench-" + pid);
        try {
            if (unified) {
                Files.writeString(parent.resolve("cgroup.subtree_control"), "+cpu");
            }
            Files.createDirectory(group);
        } catch (IOException e) {
            throw new IOException("No control group can be made in " + parent + ": are you root?", e);
        }
        ProcessorQuota quota = new ProcessorQuota(parent, group);
        try {
            long period = PERIOD.toNanos() / 1000;
            long share = Math.round(processors * period);
            if (unified) {
                Files.writeString(group.resolve("cpu.max"), share + " " + period);
            } else {
                Files.writeString(group.resolve("cpu.cfs_period_us"), Long.toString(period));
                Files.writeString(group.resolve("cpu.cfs_quota_us"), Long.toString(share));
            }
            move(pid, group);
            return quota;
        } catch (IOException e) {
            Files.delete(group);
            throw e;
        }
    }

    private static void move(long pid, Path group) throws IOException {
        Files.writeString(group.resolve("cgroup.procs"), Long.toString(pid));
    }

    /** The process, if there still is one, has all processors again. */
    @Override
    public void close() throws IOException {
        for (String pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
            move(Long.parseLong(pid), parent);
        }
        Files.delete(group);
    }
}
