package dev.databasetraffic.channelguard.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.channelguard.ChannelGuard;
import dev.databasetraffic.channelguard.GuardedChannel;
import dev.databasetraffic.channelguard.LoopbackServer;
import dev.databasetraffic.channelguard.TroubledWire;
import dev.databasetraffic.channelguard.TroubledWire.Trouble;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuardMetricsTests {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void channelsOfOneNameAreCountedTogether() throws Exception {
        ChannelGuard guard = ChannelGuard.builder()
                .name("far")
                .listener(new GuardMetrics(registry))
                .build();
        try (LoopbackServer server = new LoopbackServer();
                TroubledWire wire = new TroubledWire(server.port())) {
            List<GuardedChannel> pool = Stream.generate(() -> guard.guard(Grpc.newChannelBuilderForAddress(
                                    "127.0.0.1", wire.port(), InsecureChannelCredentials.create()))
                            .build())
                    .limit(2)
                    .toList();
            await().until(() -> pool.stream()
                    .allMatch(channel -> LoopbackServer.echo(channel, 1000).isOk()));
            await().until(() -> count(GuardMetrics.PROBES, "code", "UNIMPLEMENTED") == 2);
            assertThat(channels("closed")).isEqualTo(2);
            assertThat(count(GuardMetrics.ABSENCES)).isZero();

            wire.inject(Trouble.REFUSED);
            await().until(() -> pool.stream()
                            .noneMatch(channel ->
                                    LoopbackServer.echo(channel, 1000).isOk())
                    && channels("open") == 2);
            assertThat(channels("closed")).isZero();
            double refused = count(GuardMetrics.REFUSED);
            LoopbackServer.echo(pool.get(0), 1000);
            assertThat(count(GuardMetrics.REFUSED) - refused).isEqualTo(1);
            await().until(() -> count(GuardMetrics.RECONNECTS) > 0);

            wire.restore();
            await().until(() -> channels("closed") == 2);
            assertThat(count(GuardMetrics.ABSENCES)).isEqualTo(2);
            pool.forEach(GuardedChannel::shutdownNow);
            assertThat(channels("closed")).isZero();
        }
    }

    private double channels(String state) {
        return registry.get(GuardMetrics.STATE)
                .tags("name", "far", "state", state)
                .gauge()
                .value();
    }

    private double count(String meter, String... tags) {
        return registry.find(meter).tag("name", "far").tags(tags).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }
}
