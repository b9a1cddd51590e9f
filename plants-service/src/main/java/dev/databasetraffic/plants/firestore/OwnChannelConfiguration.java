package dev.databasetraffic.plants.firestore;

import com.google.api.gax.core.FixedCredentialsProvider;
import com.google.api.gax.core.FixedExecutorProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.auth.Credentials;
import com.google.cloud.firestore.v1.FirestoreClient;
import com.google.cloud.firestore.v1.FirestoreSettings;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.GetDocumentRequest;
import dev.databasetraffic.channelguard.ChannelGuard;
import dev.databasetraffic.channelguard.GuardListener;
import dev.databasetraffic.channelguard.GuardState;
import dev.databasetraffic.channelguard.GuardedChannel;
import dev.databasetraffic.channelguard.Probe;
import dev.databasetraffic.channelguard.delivery.RetryConfig;
import dev.databasetraffic.plants.firestore.FirestoreProperties.ClientKind;
import dev.databasetraffic.plants.inventory.DryRun;
import dev.databasetraffic.plants.inventory.KnownAbsence;
import io.grpc.CallOptions;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.MethodDescriptor;
import io.grpc.TlsChannelCredentials;
import io.grpc.auth.MoreCallCredentials;
import io.grpc.protobuf.ProtoUtils;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingClientInterceptor;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.springframework.beans.factory.ObjectProvider;
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
     * The one layer that retries. A write may be repeated because it names its document and what it expects to find there,
     * and a call's deadline holds for all of its attempts.
     */
    private static final RetryConfig RETRIES = RetryConfig.unavailable("google.firestore.v1.Firestore");

    /** Where the JVM has no virtual threads. */
    private static final int CHANNEL_THREADS = 4;

    /** Asks for a plant that never was, with a token as every call has one. */
    @Bean
    Probe firestoreProbe(Credentials firestoreCredentials, PlantDocuments documents) {
        MethodDescriptor<GetDocumentRequest, Document> get = MethodDescriptor.<GetDocumentRequest, Document>newBuilder(
                        ProtoUtils.marshaller(GetDocumentRequest.getDefaultInstance()),
                        ProtoUtils.marshaller(Document.getDefaultInstance()))
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("google.firestore.v1.Firestore/GetDocument")
                .build();
        return Probe.unary(
                get,
                GetDocumentRequest.newBuilder()
                        .setName(documents.nameOf("probe"))
                        .build(),
                CallOptions.DEFAULT.withCallCredentials(MoreCallCredentials.from(firestoreCredentials)));
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
            FirestoreProperties properties,
            Executor firestoreExecutor,
            MeterRegistry registry,
            ChannelGuard channelGuard) {
        // One retried group must fit the buffer, or it is sent once and for all.
        long retryBuffer = 2 * properties.writes().groupBytes().toBytes();
        ManagedChannelBuilder<?> channel = Grpc.newChannelBuilderForAddress(
                        properties.endpoint().host(), properties.endpoint().port(), TlsChannelCredentials.create())
                .overrideAuthority(properties.effectiveAuthority())
                .executor(firestoreExecutor)
                .disableServiceConfigLookUp()
                .defaultServiceConfig(RETRIES.toServiceConfig())
                .perRpcBufferLimit(retryBuffer)
                .retryBufferSize(retryBuffer * properties.writes().maxCallsInFlight())
                .intercept(new MetricCollectingClientInterceptor(registry));
        return properties.client() == ClientKind.GUARDED
                ? channelGuard.guard(channel).build()
                : channel.build();
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
        settings.batchGetDocumentsSettings().setRetryableCodes(Set.of());
        return FirestoreClient.create(settings.build());
    }

    @Bean
    FirestoreCalls firestoreCalls(FirestoreClient client) {
        return new FirestoreCalls(client);
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
            ManagedChannel firestoreChannel,
            ScheduledExecutorService firestoreScheduler) {
        return new GroupedWriter(
                queue,
                calls::batchWrite,
                documents.database(),
                () -> firestoreChannel instanceof GuardedChannel guarded ? guarded.refusal() : Optional.empty(),
                firestoreScheduler);
    }

    /** Looks on: the guard counts the calls that it refuses, and rests when nobody makes any. */
    @Bean
    KnownAbsence knownAbsence(ManagedChannel firestoreChannel) {
        return firestoreChannel instanceof GuardedChannel guarded
                ? () -> guarded.absence().isPresent()
                : () -> false;
    }

    /** Ends what waits as soon as Firestore is known to be away, rather than at the end of the calls before it. */
    @Bean
    GuardListener endOfTheWait(ObjectProvider<GroupedWriter> writer) {
        return new GuardListener() {
            @Override
            public void changed(GuardedChannel channel, GuardState from, GuardState to, String reason) {
                if (from == GuardState.CLOSED) {
                    writer.ifAvailable(GroupedWriter::pump);
                }
            }
        };
    }

    @Bean
    FirestorePlants plants(
            FirestoreCalls calls,
            GroupedWriter writer,
            PlantDocuments documents,
            FirestoreProperties properties,
            Clock clock,
            DryRun dryRun) {
        return new FirestorePlants(calls, writer, documents, properties.deadline(), clock, dryRun);
    }

    @Bean
    MeterBinder queueLength(WriteQueue queue) {
        return registry -> Gauge.builder("plants.firestore.queue", queue, WriteQueue::size)
                .description("Writes that wait for a call to carry them")
                .register(registry);
    }

    static final class NotLibraryDefault extends NoneNestedConditions {

        NotLibraryDefault() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @Conditional(LibraryDefaultConfiguration.IsDefault.class)
        static final class LibraryDefault {}
    }
}
