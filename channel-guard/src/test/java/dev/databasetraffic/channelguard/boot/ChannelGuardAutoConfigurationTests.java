package dev.databasetraffic.channelguard.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.channelguard.ChannelGuard;
import dev.databasetraffic.channelguard.GuardListener;
import dev.databasetraffic.channelguard.GuardedChannel;
import dev.databasetraffic.channelguard.LoopbackServer;
import dev.databasetraffic.channelguard.micrometer.GuardMetrics;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.ClientInterceptorsConfigurer;
import org.springframework.grpc.client.CompositeGrpcChannelFactory;
import org.springframework.grpc.client.DefaultGrpcChannelFactory;
import org.springframework.grpc.client.GrpcChannelFactory;

class ChannelGuardAutoConfigurationTests {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(ChannelGuardAutoConfiguration.class));

    @Test
    void aChannelShowsAsHealthAndMetricsByItsName() {
        application
                .withPropertyValues("channel-guard.name=far", "channel-guard.interval=10ms")
                .withBean(MeterRegistry.class, SimpleMeterRegistry::new)
                .run(context -> {
                    GuardHealthIndicator health = context.getBean(GuardHealthIndicator.class);
                    assertThat(health.health().getStatus()).isEqualTo(Status.UNKNOWN);
                    LoopbackServer server = new LoopbackServer();
                    GuardedChannel channel = context.getBean(ChannelGuard.class)
                            .guard(Grpc.newChannelBuilderForAddress(
                                    "127.0.0.1", server.port(), InsecureChannelCredentials.create()))
                            .build();
                    await().until(() -> LoopbackServer.echo(channel, 1000).isOk());
                    assertThat(health.health().getStatus()).isEqualTo(Status.UP);

                    server.close();
                    await().until(() -> !LoopbackServer.echo(channel, 1000).isOk()
                            && channel.absence().isPresent());
                    Health away = health.health();
                    assertThat(away.getStatus()).isEqualTo(Status.DOWN);
                    assertThat(away.getDetails())
                            .hasEntrySatisfying(
                                    "far", text -> assertThat(text.toString()).matches("away for \\d+ ms: .+"));
                    assertThat(context.getBean(MeterRegistry.class)
                                    .get(GuardMetrics.STATE)
                                    .tags("name", "far", "state", "open")
                                    .gauge()
                                    .value())
                            .isEqualTo(1);
                    channel.shutdownNow();
                    assertThat(health.health().getStatus()).isEqualTo(Status.UNKNOWN);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "channel-guard.connect-timeout=0s, connectTimeout is 0 ms: must be from 1 ms to a day",
        "channel-guard.rest=2d,            rest is 172800000 ms",
        "channel-guard.patience=long,      long",
        "channel-guard.connect-timout=1s,  channel-guard.connect-timout",
    })
    void whatCannotBeSetIsRefusedByName(String property, String complaint) {
        application
                .withPropertyValues(property)
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining(complaint));
    }

    @Test
    void withoutMicrometerActuatorAndSpringGrpcThereIsTheGuardAlone() {
        application
                .withClassLoader(new FilteredClassLoader(
                        "io.micrometer", "org.springframework.boot.health", "org.springframework.grpc"))
                .run(context -> assertThat(context)
                        .hasSingleBean(ChannelGuard.class)
                        .doesNotHaveBean("channelGuardHealthIndicator")
                        .doesNotHaveBean("guardedChannelFactories"));
    }

    @Test
    void whatSpringGrpcMakesIsGuardedUnlessToldOtherwise() {
        ApplicationContextRunner springGrpc = application.withUserConfiguration(SpringGrpc.class);
        springGrpc.run(context -> {
            ManagedChannel channel = context.getBean(GrpcChannelFactory.class).createChannel("127.0.0.1:1");
            assertThat(channel).isInstanceOf(GuardedChannel.class);
            channel.shutdownNow();
        });
        springGrpc.withPropertyValues("channel-guard.enabled=false").run(context -> {
            ManagedChannel channel = context.getBean(GrpcChannelFactory.class).createChannel("127.0.0.1:1");
            assertThat(channel).isNotInstanceOf(GuardedChannel.class);
            channel.shutdownNow();
        });
    }

    @Test
    void aChannelThatAFactoryHasFromAnotherIsGuardedOnce() {
        List<GuardedChannel> started = new CopyOnWriteArrayList<>();
        application
                .withUserConfiguration(SpringGrpc.class)
                .withBean(GuardListener.class, () -> new GuardListener() {
                    @Override
                    public void started(GuardedChannel channel) {
                        started.add(channel);
                    }
                })
                .withUserConfiguration(Composite.class)
                .run(context -> {
                    ManagedChannel channel = context.getBean("composite", GrpcChannelFactory.class)
                            .createChannel("127.0.0.1:1");
                    assertThat(started).containsExactly((GuardedChannel) channel);
                    channel.shutdownNow();
                });
    }

    /** As Spring gRPC has it where there are several. */
    @Configuration(proxyBeanMethods = false)
    static class Composite {

        @Bean
        GrpcChannelFactory composite(GrpcChannelFactory channelFactory) {
            return new CompositeGrpcChannelFactory(List.of(channelFactory));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SpringGrpc {

        @Bean
        GrpcChannelFactory channelFactory(ApplicationContext context) {
            return new DefaultGrpcChannelFactory<>(List.of(), new ClientInterceptorsConfigurer(context));
        }
    }
}
