package dev.databasetraffic.channelguard.boot;

import dev.databasetraffic.channelguard.ChannelGuard;
import dev.databasetraffic.channelguard.GuardListener;
import dev.databasetraffic.channelguard.Probe;
import dev.databasetraffic.channelguard.micrometer.GuardMetrics;
import io.grpc.ManagedChannel;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.client.GrpcChannelFactory;

/**
 * A {@link ChannelGuard} for the application's own channels, {@code guard.guard(builder)}, that tells each {@link
 * GuardListener} bean and asks the {@link Probe} bean, if there is one; metrics and health of what it guards; and, unless
 * {@code channel-guard.enabled} is false, a guard of every channel that Spring gRPC makes.
 */
@AutoConfiguration(
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration"
        })
@ConditionalOnClass(ManagedChannel.class)
@EnableConfigurationProperties(ChannelGuardProperties.class)
public class ChannelGuardAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ChannelGuard channelGuard(
            ChannelGuardProperties properties, ObjectProvider<Probe> probe, ObjectProvider<GuardListener> listeners) {
        ChannelGuard.Builder guard = ChannelGuard.builder().settings(properties.toSettings());
        if (properties.name() != null) {
            guard.name(properties.name());
        }
        probe.ifAvailable(guard::probe);
        listeners.orderedStream().forEach(guard::listener);
        return guard.build();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    static class HealthConfiguration {

        @Bean
        @ConditionalOnMissingBean
        GuardHealthIndicator channelGuardHealthIndicator() {
            return new GuardHealthIndicator();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class MetricsConfiguration {

        @Bean
        @ConditionalOnBean(MeterRegistry.class)
        @ConditionalOnMissingBean
        GuardMetrics channelGuardMetrics(MeterRegistry registry) {
            return new GuardMetrics(registry);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(GrpcChannelFactory.class)
    @ConditionalOnProperty(name = "channel-guard.enabled", matchIfMissing = true)
    static class SpringGrpcConfiguration {

        @Bean
        static GuardedChannelFactories guardedChannelFactories(ObjectProvider<ChannelGuard> guard) {
            return new GuardedChannelFactories(guard);
        }
    }
}
