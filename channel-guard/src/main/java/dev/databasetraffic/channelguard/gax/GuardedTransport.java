package dev.databasetraffic.channelguard.gax;

import com.google.api.core.ApiFunction;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import dev.databasetraffic.channelguard.ChannelGuard;
import io.grpc.ManagedChannelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Guards the channels that a Google client builds, each of its pool by itself.
 *
 * <pre>{@code
 * FirestoreOptions.newBuilder()
 *     .setChannelProvider(GuardedTransport.guard(FirestoreSettings.defaultGrpcTransportProviderBuilder().build()))
 * }</pre>
 *
 * <p>Where nothing else configures the channel, {@code setChannelConfigurator(ChannelGuard::on)} does the same.
 */
public final class GuardedTransport {

    private GuardedTransport() {}

    /**
     * Guards with defaults for everything.
     *
     * @param provider of the client's channels
     * @return the provider to give the client instead
     */
    public static InstantiatingGrpcChannelProvider guard(InstantiatingGrpcChannelProvider provider) {
        return guard(provider, ChannelGuard.builder().build());
    }

    /**
     * Guards, after what the provider itself configures.
     *
     * @param provider of the client's channels
     * @param guard of each of them
     * @return the provider to give the client instead
     */
    @SuppressWarnings("rawtypes") // as gax declares it
    public static InstantiatingGrpcChannelProvider guard(
            InstantiatingGrpcChannelProvider provider, ChannelGuard guard) {
        InstantiatingGrpcChannelProvider.Builder builder = provider.toBuilder();
        @Nullable ApiFunction<ManagedChannelBuilder, ManagedChannelBuilder> before = builder.getChannelConfigurator();
        return builder.setChannelConfigurator(channel ->
                        guard.guard((ManagedChannelBuilder<?>) (before == null ? channel : before.apply(channel))))
                .build();
    }
}
