package dev.databasetraffic.plants.outage;

import com.google.common.io.ByteStreams;
import dev.databasetraffic.emulator.ThrowawayAuthority;
import dev.databasetraffic.emulator.TlsFront;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.HandlerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A fault-injecting relay of gRPC calls to the genuine emulator, for tests alone. It can do what no network fault can be
 * made to do at will: let a write be carried out and lose the answer.
 */
final class FaultyFirestore implements AutoCloseable {

    /** What happens to a call; the first fits the call at hand, the default passes it. */
    sealed interface Fault {

        /** Carried out by the emulator, and its answer replaced. */
        record AnswerLost(Status instead) implements Fault {}

        /** Never reaches the emulator. */
        record Refused(Status status) implements Fault {}

        /** Never reaches the emulator, and never answered. */
        record Silent() implements Fault {}
    }

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    private final ManagedChannel emulator;
    private final Server server;
    private final TlsFront front;
    private final Path trustStore;
    private final ConcurrentLinkedQueue<String> writes = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Fault> once = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Fault always;

    /** @param trustStore where to write what makes a JVM trust this relay alone */
    FaultyFirestore(String emulatorHost, int emulatorPort, Path trustStore, String password) {
        emulator = ManagedChannelBuilder.forAddress(emulatorHost, emulatorPort)
                .usePlaintext()
                .build();
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .fallbackHandlerRegistry(new Relay())
                    .build()
                    .start();
            ThrowawayAuthority authority = ThrowawayAuthority.create();
            front = TlsFront.start(
                    0,
                    authority.issue("firestore.googleapis.com"),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
            authority.writeTrustStore(trustStore, password);
            this.trustStore = trustStore;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the service with this relay for its database. */
    RunningPlants start(String project, String... settings) {
        String shared = System.setProperty(TRUST_STORE, trustStore.toString());
        try {
            return RunningPlants.start(front.port(), project, settings);
        } finally {
            System.setProperty(TRUST_STORE, Objects.requireNonNull(shared, "the emulator's own, set by its extension"));
        }
    }

    /** Faults of the next writes, one each, in order. */
    void nextWrites(Fault... faults) {
        once.addAll(List.of(faults));
    }

    /** The fault of every further write; null ends it. */
    void allWrites(@Nullable Fault fault) {
        always = fault;
    }

    /** How many calls that write arrived since the last time it was asked. */
    int countWrites() {
        int count = writes.size();
        writes.clear();
        return count;
    }

    @Override
    public void close() {
        front.close();
        server.shutdownNow();
        emulator.shutdownNow();
    }

    private final class Relay extends HandlerRegistry {

        @Override
        public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
            MethodDescriptor<byte[], byte[]> method = MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                    .setFullMethodName(name)
                    .setType(MethodDescriptor.MethodType.UNKNOWN)
                    .build();
            return ServerMethodDefinition.create(method, (call, headers) -> relay(call, headers, method));
        }

        private ServerCall.Listener<byte[]> relay(
                ServerCall<byte[], byte[]> caller, Metadata headers, MethodDescriptor<byte[], byte[]> method) {
            Fault fault = null;
            if (name(method).equals("BatchWrite") || name(method).equals("Commit")) {
                writes.add(name(method));
                fault = once.poll();
                fault = fault == null ? always : fault;
            }
            if (fault instanceof Fault.Refused refused) {
                caller.close(refused.status(), new Metadata());
                return new ServerCall.Listener<>() {};
            }
            if (fault instanceof Fault.Silent) {
                return new ServerCall.Listener<>() {};
            }
            return forward(caller, headers, method, fault instanceof Fault.AnswerLost lost ? lost.instead() : null);
        }

        private static String name(MethodDescriptor<?, ?> method) {
            return String.valueOf(method.getBareMethodName());
        }

        private ServerCall.Listener<byte[]> forward(
                ServerCall<byte[], byte[]> caller,
                Metadata headers,
                MethodDescriptor<byte[], byte[]> method,
                @Nullable Status instead) {
            ClientCall<byte[], byte[]> onward = emulator.newCall(method, CallOptions.DEFAULT);
            onward.start(
                    new ClientCall.Listener<>() {
                        @Override
                        public void onHeaders(Metadata answer) {
                            if (instead == null) {
                                caller.sendHeaders(answer);
                            }
                        }

                        @Override
                        public void onMessage(byte[] message) {
                            if (instead == null) {
                                caller.sendMessage(message);
                            }
                        }

                        @Override
                        public void onClose(Status status, Metadata trailers) {
                            caller.close(instead == null ? status : instead, trailers);
                        }
                    },
                    headers);
            onward.request(Integer.MAX_VALUE);
            caller.request(Integer.MAX_VALUE);
            return new ServerCall.Listener<>() {
                @Override
                public void onMessage(byte[] message) {
                    onward.sendMessage(message);
                }

                @Override
                public void onHalfClose() {
                    onward.halfClose();
                }
            };
        }
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return ByteStreams.toByteArray(stream);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
