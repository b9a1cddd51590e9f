package dev.databasetraffic.channelguard.boot;

import dev.databasetraffic.channelguard.ChannelGuard;
import dev.databasetraffic.channelguard.GuardedChannel;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.grpc.client.ChannelBuilderOptions;
import org.springframework.grpc.client.GrpcChannelFactory;

/** Guards every channel that Spring gRPC makes. */
final class GuardedChannelFactories implements BeanPostProcessor {

    private final ObjectProvider<ChannelGuard> guard;

    GuardedChannelFactories(ObjectProvider<ChannelGuard> guard) {
        this.guard = guard;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof GrpcChannelFactory factory && !(bean instanceof Guarded)
                ? new Guarded(factory, guard)
                : bean;
    }

    private record Guarded(GrpcChannelFactory factory, ObjectProvider<ChannelGuard> guard)
            implements GrpcChannelFactory {

        @Override
        public boolean supports(String target) {
            return factory.supports(target);
        }

        @Override
        public boolean supports(ClientInterceptor interceptor) {
            return factory.supports(interceptor);
        }

        @Override
        public ManagedChannel createChannel(String target, ChannelBuilderOptions options) {
            ManagedChannel made = factory.createChannel(target, options);
            // One factory may hand on what another has made, and two guards of one channel undo what the other does.
            // Who made it shuts it down, with which the guard ends.
            return made instanceof GuardedChannel ? made : guard.getObject().guard(made);
        }
    }
}
