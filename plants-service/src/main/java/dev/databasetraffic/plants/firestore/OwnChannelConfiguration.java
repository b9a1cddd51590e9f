package dev.databasetraffic.plants.firestore;

import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.FixedExecutorProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.auth.Credentials;
import com.google.cloud.firestore.v1.FirestoreClient;
import com.google.cloud.firestore.v1.FirestoreSettings;
import com.google.firestore.v1.GetDocumentRequest;
import dev.databasetraffic.plants.firestore.FirestoreProperties.ClientKind;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingClientInterceptor;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnThreading;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** Our own channel to Firestore, with and without its guard. */
@Configuration(proxyBeanMethods = false)
@Conditional(OwnChannelConfiguration.NotLibraryDefault.class)
class OwnChannelConfiguration {

    /**
     * The one layer that retries. Only UNAVAILABLE: a write may be repeated because it names its document and what it
     * expects to find there, and a call's deadline holds for all of its attempts. The throttle ends retries when most
     * calls fail, so that an outage does not multiply the traffic.
     */
    private static final Map<String, ?> SERVICE_CONFIG = Map.of(
            "methodConfig",
            List.of(Map.of(
                    "name",
                    List.of(Map.of("service", "google.firestore.v1.Firestore")),
                    "retryPolicy",
                    Map.of(
                            "maxAttempts",
                            5.0,
                            "initialBackoff",
                            "0.05s",
                            "maxBackoff",
                            "0.5s",
                            "backoffMultiplier",
                            2.0,
                            "retryableStatusCodes",
                            List.of("UNAVAILABLE")))),
            "retryThrottling",
            Map.of("maxTokens", 20.0, "tokenRatio", 0.5));

    /** Where the JVM has no virtual threads. */
    private static final int CHANNEL_THREADS = 4;

    @Bean
    Availability availability() {
        return new Availability();
    }

    /** Runs what brings answers, and what fetches tokens, which blocks. */
    @Bean
    @ConditionalOnThreading(Threading.VIRTUAL)
    Executor firestoreExecutor() {
        return new VirtualThreadTaskExecutor("firestore-");
    }

    @Bean(name = "firestoreExecutor", destroyMethod = "shutdown")
    @ConditionalOnThreading(Threading.PLATFORM)
    ExecutorService firestoreThreadPool() {
        return Executors.newFixedThreadPool(CHANNEL_THREADS, new CustomizableThreadFactory("firestore-"));
    }

    @Bean(destroyMethod = "shutdownNow")
    ManagedChannel firestoreChannel(
            FirestoreProperties properties, Executor firestoreExecutor, MeterRegistry registry) {
        // One retried group must fit the buffer, or it is sent once and for all.
        long retryBuffer = 2 * properties.writes().groupBytes().toBytes();
        return Grpc.newChannelBuilderForAddress(
                        properties.endpoint().host(), properties.endpoint().port(), TlsChannelCredentials.create())
                .overrideAuthority(properties.effectiveAuthority())
                .executor(firestoreExecutor)
                .disableServiceConfigLookUp()
                .defaultServiceConfig(SERVICE_CONFIG)
                .perRpcBufferLimit(retryBuffer)
                .retryBufferSize(retryBuffer * properties.writes().maxCallsInFlight())
                .intercept(new MetricCollectingClientInterceptor(registry))
                .build();
    }

    @Bean(destroyMethod = "close")
    FirestoreClient firestoreClient(
            ManagedChannel firestoreChannel,
            Credentials firestoreCredentials,
            ScheduledExecutorService firestoreScheduler)
            throws IOException {
        FirestoreSettings.Builder settings = FirestoreSettings.newBuilder()
                .setTransportChannelProvider(
                        FixedTransportChannelProvider.create(GrpcTransportChannel.create(firestoreChannel)))
                .setCredentialsProvider(FixedCredentialsProvider.create(firestoreCredentials))
                .setBackgroundExecutorProvider(FixedExecutorProvider.create(firestoreScheduler));
        settings.applyToAllUnaryMethods(method -> {
            method.setRetryableCodes(Set.of());
            return null;
        });
        settings.runQuerySettings().setRetryableCodes(Set.of());
        return FirestoreClient.create(settings.build());
    }

    @Bean
    FirestoreCalls firestoreCalls(FirestoreClient client, Availability availability) {
        return new FirestoreCalls(client, availability);
    }

    @Bean
    PlantDocuments plantDocuments(FirestoreProperties properties) {
        return new PlantDocuments(properties);
    }

    @Bean
    WriteQueue writeQueue(FirestoreProperties properties) {
        return new WriteQueue(properties.writes(), System::nanoTime);
    }

    @Bean
    GroupedWriter groupedWriter(
            WriteQueue queue,
            FirestoreCalls calls,
            PlantDocuments documents,
            FirestoreProperties properties,
            Availability availability,
            ScheduledExecutorService firestoreScheduler) {
        GroupedWriter writer = new GroupedWriter(
                queue, calls::batchWrite, documents.database(), absence(properties, availability), firestoreScheduler);
        availability.onAway(writer::pump);
        return writer;
    }

    @Bean
    FirestorePlants plants(
            FirestoreCalls calls,
            GroupedWriter writer,
            PlantDocuments documents,
            FirestoreProperties properties,
            Availability availability,
            Clock clock) {
        return new FirestorePlants(
                calls, writer, documents, absence(properties, availability), properties.deadline(), clock);
    }

    @Bean
    @ConditionalOnProperty(name = "plants.firestore.client", havingValue = "guarded", matchIfMissing = true)
    ChannelGuard channelGuard(
            ManagedChannel firestoreChannel,
            FirestoreCalls calls,
            PlantDocuments documents,
            FirestoreProperties properties,
            Availability availability,
            ScheduledExecutorService firestoreScheduler) {
        GetDocumentRequest nothing = GetDocumentRequest.newBuilder()
                .setName(documents.nameOf("probe"))
                .build();
        return new ChannelGuard(
                firestoreChannel,
                availability,
                properties.guard(),
                deadline -> calls.get(nothing, deadline),
                firestoreScheduler);
    }

    @Bean
    AvailabilityReport reachability(Availability availability, ManagedChannel firestoreChannel, WriteQueue queue) {
        return new AvailabilityReport(availability, firestoreChannel, queue);
    }

    /** Only the guarded client lets what is known of Firestore's absence keep it from trying. */
    private static Supplier<Availability.@Nullable Away> absence(
            FirestoreProperties properties, Availability availability) {
        return properties.client() == ClientKind.GUARDED ? availability::away : () -> null;
    }

    static final class NotLibraryDefault extends NoneNestedConditions {

        NotLibraryDefault() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty(name = "plants.firestore.client", havingValue = "default")
        static final class LibraryDefault {}
    }
}
