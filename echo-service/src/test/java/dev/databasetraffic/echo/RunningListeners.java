package dev.databasetraffic.echo;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** The service's listeners, one per behaviour and each on a port of its own, without the rest of the application. */
final class RunningListeners implements AutoCloseable {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Listeners listeners;

    private RunningListeners(EchoProperties properties) {
        listeners = new Listeners(properties, registry);
        listeners.start();
    }

    /** Starts with settings such as {@code limits.idle=1s} in place of the defaults. */
    static RunningListeners with(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("echo.address", "127.0.0.1"));
        for (Behaviour behaviour : Behaviour.values()) {
            all.put("echo.listeners." + behaviour.label() + ".port", "0");
            all.put("echo.listeners." + behaviour.label() + ".behaviour", behaviour.label());
        }
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            all.put("echo." + setting.substring(0, equals), setting.substring(equals + 1));
        }
        return new RunningListeners(
                new Binder(new MapConfigurationPropertySource(all)).bindOrCreate("echo", EchoProperties.class));
    }

    EchoListener listener(Behaviour behaviour) {
        return Objects.requireNonNull(listeners.byName().get(behaviour.label()));
    }

    Peer connectTo(Behaviour behaviour) throws IOException {
        return Peer.connectTo(listener(behaviour).port());
    }

    /** The sum of a meter's counts or values over all meters that have the tags; 0 if there is none. */
    double measured(String meter, String... tags) {
        return registry.find(meter).tags(tags).meters().stream()
                .flatMap(found -> StreamSupport.stream(found.measure().spliterator(), false))
                .filter(measurement ->
                        measurement.getStatistic() == Statistic.COUNT || measurement.getStatistic() == Statistic.VALUE)
                .mapToDouble(Measurement::getValue)
                .sum();
    }

    void stop() {
        listeners.stop();
    }

    @Override
    public void close() {
        stop();
    }
}
