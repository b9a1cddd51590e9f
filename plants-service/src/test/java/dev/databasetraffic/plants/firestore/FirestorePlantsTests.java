package dev.databasetraffic.plants.firestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.firestore.v1.FirestoreClient;
import com.google.cloud.firestore.v1.FirestoreSettings;
import dev.databasetraffic.plants.inventory.Arrival;
import dev.databasetraffic.plants.inventory.DryRun;
import dev.databasetraffic.plants.inventory.PlantsException;
import dev.databasetraffic.plants.inventory.Problem;
import io.grpc.HandlerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Before a server that says of every call what Firestore says of a database that does not exist. */
class FirestorePlantsTests {

    private static final FirestoreProperties PROPERTIES = new FirestoreProperties(
            new Endpoint("localhost", 443),
            null,
            "garden",
            "(default)",
            FirestoreProperties.CredentialsKind.EMULATOR,
            Duration.ofSeconds(1),
            Duration.ofSeconds(10),
            FirestoreProperties.ClientKind.GUARDED,
            new FirestoreProperties.Writes(10, 1, 1, Duration.ofMillis(1), 10, DataSize.ofMegabytes(1)),
            new FirestoreProperties.WarmUp(Duration.ofSeconds(1), Duration.ofSeconds(1), 1, Duration.ZERO));

    private Server server;
    private ManagedChannel channel;
    private FirestoreClient client;
    private FirestorePlants plants;

    @BeforeEach
    void start() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .fallbackHandlerRegistry(new NoDatabase())
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
        client = FirestoreClient.create(FirestoreSettings.newBuilder()
                .setTransportChannelProvider(FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel)))
                .setCredentialsProvider(NoCredentialsProvider.create())
                .build());
        plants = new FirestorePlants(
                new FirestoreCalls(client),
                mock(),
                new PlantDocuments(PROPERTIES),
                PROPERTIES.deadline(),
                Clock.systemUTC(),
                new DryRun());
    }

    @AfterEach
    void end() {
        client.close();
        channel.shutdownNow();
        server.shutdownNow();
    }

    @Test
    void aDatabaseThatDoesNotExistIsNotAPlantThatDoesNot() {
        assertRefused(plants.find("rose", Arrival.now()));
        assertRefused(plants.delete("rose", Arrival.now()));
    }

    private static void assertRefused(CompletableFuture<?> outcome) {
        assertThatThrownBy(outcome::join)
                .cause()
                .isInstanceOfSatisfying(
                        PlantsException.class,
                        failure -> assertThat(failure.problem()).isEqualTo(Problem.DATABASE_REFUSED));
    }

    private static final class NoDatabase extends HandlerRegistry {

        @Override
        public ServerMethodDefinition<?, ?> lookupMethod(String name, String authority) {
            MethodDescriptor<InputStream, InputStream> method = MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                    .setType(MethodDescriptor.MethodType.UNKNOWN)
                    .setFullMethodName(name)
                    .build();
            return ServerMethodDefinition.create(method, (call, headers) -> {
                call.close(
                        Status.NOT_FOUND.withDescription("The database (default) does not exist for project garden"),
                        new Metadata());
                return new ServerCall.Listener<>() {};
            });
        }
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<InputStream> {

        @Override
        public InputStream stream(InputStream value) {
            return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
            return new ByteArrayInputStream(new byte[0]);
        }
    }
}
