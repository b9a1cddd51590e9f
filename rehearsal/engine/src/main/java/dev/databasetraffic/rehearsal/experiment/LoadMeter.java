package dev.databasetraffic.rehearsal.experiment;

import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Measures how late a load's writes leave, and what the load and the service cost meanwhile. Safe for many threads. */
final class LoadMeter implements LongConsumer {

    private final List<ProcessHandle> service;
    private final List<ProcessHandle> others;
    private final long began = System.nanoTime();
    private final Duration ownBefore = own();
    private final @Nullable Duration serviceBefore;
    private final Duration othersBefore;
    private final Latencies late = new Latencies();

    /** @param service its processes; empty if they are not known */
    LoadMeter(List<ProcessHandle> service) {
        this.service = List.copyOf(service);
        this.serviceBefore = used(this.service.stream());
        this.others = ProcessHandle.current()
                .descendants()
                .filter(process -> !this.service.contains(process))
                .toList();
        this.othersBefore = known(others);
    }

    /** A write left so many nanoseconds after it was due. */
    @Override
    public synchronized void accept(long nanos) {
        late.add(Duration.ofNanos(nanos));
    }

    /** Since the beginning. */
    synchronized LoadFigures figures() {
        double seconds = (System.nanoTime() - began) / 1e9;
        Duration now = used(service.stream());
        return new LoadFigures(
                Figures.Latency.of(late),
                own().minus(ownBefore).toNanos() / 1e9 / seconds,
                now == null || serviceBefore == null
                        ? null
                        : now.minus(serviceBefore).toNanos() / 1e9 / seconds,
                // One that has ended takes what it used along.
                Math.max(0, known(others).minus(othersBefore).toNanos() / 1e9 / seconds),
                Runtime.getRuntime().availableProcessors());
    }

    private static Duration own() {
        return known(List.of(ProcessHandle.current()));
    }

    /** Of those that say so. */
    private static Duration known(List<ProcessHandle> processes) {
        return processes.stream()
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Null if one of them does not say, or there are none. */
    private static @Nullable Duration used(Stream<ProcessHandle> processes) {
        return processes
                .map(process -> process.info().totalCpuDuration())
                .reduce((one, other) -> one.flatMap(first -> other.map(first::plus)))
                .flatMap(sum -> sum)
                .orElse(null);
    }
}
