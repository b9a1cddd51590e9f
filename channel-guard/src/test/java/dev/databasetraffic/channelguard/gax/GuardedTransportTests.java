package dev.databasetraffic.channelguard.gax;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.grpc.ChannelPoolSettings;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.TransportChannel;
import dev.databasetraffic.channelguard.ChannelGuard;
import dev.databasetraffic.channelguard.GuardListener;
import dev.databasetraffic.channelguard.GuardedChannel;
import dev.databasetraffic.channelguard.LoopbackServer;
import io.grpc.ManagedChannelBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class GuardedTransportTests {

    private static final int POOL = 3;

    private final List<GuardedChannel> guarded = new CopyOnWriteArrayList<>();
    private final ChannelGuard guard = ChannelGuard.builder()
            .listener(new GuardListener() {
                @Override
                public void started(GuardedChannel channel) {
                    guarded.add(channel);
                }

                @Override
                public void stopped(GuardedChannel channel) {
                    guarded.remove(channel);
                }
            })
            .build();

    @Test
    void eachChannelOfAPoolIsGuardedAfterWhatItsClientConfigures() throws Exception {
        try (LoopbackServer server = new LoopbackServer()) {
            assertGuarded(GuardedTransport.guard(
                    provider(server)
                            .setChannelConfigurator(
                                    builder -> builder.usePlaintext().overrideAuthority("far.example"))
                            .build(),
                    guard));
            assertThat(guarded).isEmpty();
        }
    }

    @Test
    void theOneLineIsAChannelConfigurator() throws Exception {
        try (LoopbackServer server = new LoopbackServer()) {
            assertGuarded(provider(server)
                    .setChannelConfigurator(builder -> guard.guard((ManagedChannelBuilder<?>) builder)
                            .usePlaintext()
                            .overrideAuthority("far.example"))
                    .build());
            TransportChannel byDefault = provider(server)
                    .setChannelConfigurator(builder -> ChannelGuard.on(builder).usePlaintext())
                    .build()
                    .getTransportChannel();
            assertThat(LoopbackServer.echo(((GrpcTransportChannel) byDefault).getChannel(), 5000)
                            .isOk())
                    .isTrue();
            byDefault.close();
        }
    }

    private void assertGuarded(InstantiatingGrpcChannelProvider provider) throws Exception {
        TransportChannel transport = provider.getTransportChannel();
        assertThat(guarded)
                .hasSize(POOL)
                .allSatisfy(channel -> assertThat(channel.authority()).isEqualTo("far.example"));
        assertThat(LoopbackServer.echo(((GrpcTransportChannel) transport).getChannel(), 5000)
                        .isOk())
                .isTrue();
        transport.shutdownNow();
    }

    private static InstantiatingGrpcChannelProvider.Builder provider(LoopbackServer server) {
        Executor background = Runnable::run;
        return InstantiatingGrpcChannelProvider.newBuilder()
                .setEndpoint("127.0.0.1:" + server.port())
                .setExecutor(background)
                .setHeaderProvider(Map::of)
                .setChannelPoolSettings(ChannelPoolSettings.staticallySized(POOL));
    }
}
