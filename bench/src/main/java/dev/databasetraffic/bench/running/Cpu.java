package dev.databasetraffic.bench.running;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * CPU time used since the machine or the processes started.
 *
 * @param front of this JVM, which runs the TLS front and the relays, and idles otherwise while others are measured
 * @param load of the load generators that have ended
 * @param bystanders of the bench's other services and emulators, which wait for their turn
 * @param machine of everything on the machine, these included
 */
public record Cpu(
        Duration service, Duration emulator, Duration front, Duration load, Duration bystanders, Duration machine) {

    private static final int IDLE = 3;
    private static final int IOWAIT = 4;
    private static final int STEAL = 7;

    /** @param bystanders their process ids */
    public static Cpu now(Service service, BenchDatabase database, List<Long> bystanders) throws IOException {
        Duration waiting = Duration.ZERO;
        for (long pid : bystanders) {
            waiting = waiting.plus(ProcessUse.cpu(pid));
        }
        return new Cpu(
                ProcessUse.cpu(service.pid()),
                ProcessUse.cpu(database.pid()),
                ProcessUse.cpu(ProcessHandle.current().pid()),
                ProcessUse.cpuOfEndedChildren(),
                waiting,
                busy(Files.readString(Path.of("/proc/stat"))));
    }

    public Cpu since(Cpu earlier) {
        return new Cpu(
                service.minus(earlier.service),
                emulator.minus(earlier.emulator),
                front.minus(earlier.front),
                load.minus(earlier.load),
                bystanders.minus(earlier.bystanders),
                machine.minus(earlier.machine));
    }

    /** What processes used that are no part of the bench. */
    public Duration others() {
        return machine.minus(service).minus(emulator).minus(front).minus(load).minus(bystanders);
    }

    /** The first line sums over all cores: user, nice, system, idle, iowait, irq, softirq, steal. See proc_stat(5). */
    static Duration busy(String stat) {
        long[] ticks = Arrays.stream(
                        stat.lines().findFirst().orElseThrow().trim().split(" +"))
                .skip(1)
                .limit(STEAL)
                .mapToLong(Long::parseLong)
                .toArray();
        long busy = Arrays.stream(ticks).sum() - ticks[IDLE] - ticks[IOWAIT];
        return Duration.ofMillis(busy * 10);
    }
}
