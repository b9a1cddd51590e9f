package dev.databasetraffic.echo;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What is counted of the connections that one listener takes while it has one behaviour. Thread-safe. */
final class ConnectionMetrics {

    static final String CONNECTIONS = "echo.connections";
    static final String ACTIVE = "echo.connections.active";
    static final String DURATION = "echo.connection.duration";
    static final String RECEIVED = "echo.received";
    static final String SENT = "echo.sent";

    private final String listener;
    private final Behaviour behaviour;
    private final MeterRegistry registry;
    private final Tags tags;
    private final Counter connections;
    private final Counter received;
    private final Counter sent;
    private final AtomicInteger active = new AtomicInteger();

    ConnectionMetrics(String listener, Behaviour behaviour, MeterRegistry registry) {
        this.listener = listener;
        this.behaviour = behaviour;
        this.registry = registry;
        this.tags = Tags.of("listener", listener, "behaviour", behaviour.label());
        this.connections = Counter.builder(CONNECTIONS)
                .description("Connections taken")
                .tags(tags)
                .register(registry);
        this.received = Counter.builder(RECEIVED)
                .description("Bytes received from peers")
                .baseUnit("bytes")
                .tags(tags)
                .register(registry);
        this.sent = Counter.builder(SENT)
                .description("Bytes sent to peers")
                .baseUnit("bytes")
                .tags(tags)
                .register(registry);
        Gauge.builder(ACTIVE, active, AtomicInteger::get)
                .description("Connections open now")
                .tags(tags)
                .register(registry);
    }

    String listener() {
        return listener;
    }

    Behaviour behaviour() {
        return behaviour;
    }

    int active() {
        return active.get();
    }

    void opened() {
        connections.increment();
        active.incrementAndGet();
    }

    void received(int bytes) {
        received.increment(bytes);
    }

    void sent(int bytes) {
        sent.increment(bytes);
    }

    void closed(ConnectionEnd end, FirstBytes.Protocol first, long nanos) {
        active.decrementAndGet();
        Timer.builder(DURATION)
                .description("How long connections were open, by what they began with and why they ended")
                .tags(tags.and("first", first.label(), "end", end.label()))
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }
}
