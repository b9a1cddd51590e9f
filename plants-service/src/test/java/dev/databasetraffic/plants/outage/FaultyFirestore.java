package dev.databasetraffic.plants.outage;

import com.google.common.io.ByteStreams;
import com.google.firestore.v1.BatchWriteRequest;
import com.google.firestore.v1.CommitRequest;
import com.google.firestore.v1.Value;
import com.google.firestore.v1.Write;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.databasetraffic.databases.firestore.junit.FirestoreEmulatorExtension;
import dev.databasetraffic.kit.ThrowawayAuthority;
import dev.databasetraffic.kit.TlsTerminator;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
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

        /** As {@link AnswerLost}, for the first call that carries a plant; the second gets its answer. */
        record FirstAnswerLost(Status instead) implements Fault {}

        /** Never reaches the emulator. */
        record Refused(Status status) implements Fault {}

        /** Never reaches the emulator, and never answered. */
        record Silent() implements Fault {}
    }

    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    private final ManagedChannel emulator;
    private final Server server;
    private final TlsTerminator front;
    private final Path trustStore;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Fault> once = new ConcurrentLinkedQueue<>();
    private volatile @Nullable Fault always;
    private volatile boolean silent;

    /** @param folder where to write what makes a JVM trust this relay alone */
    FaultyFirestore(FirestoreEmulatorExtension firestore, Path folder) {
        trustStore = folder.resolve("relay.p12");
        emulator = ManagedChannelBuilder.forAddress(firestore.host(), firestore.port())
                .usePlaintext()
                .build();
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .fallbackHandlerRegistry(new Relay())
                    .build()
                    .start();
            ThrowawayAuthority authority = ThrowawayAuthority.create();
            front = TlsTerminator.start(
                    0,
                    authority.issue("firestore.googleapis.com"),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()));
            authority.writeTrustStore(trustStore, firestore.trustStorePassword());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the service with this relay for its database. */
    RunningPlants start(String project, String... settings) {
        String shared = System.setProperty(TRUST_STORE, trustStore.toString());
        try {
            return RunningPlants.start(front.address().getPort(), project, settings);
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

    /** Whether no call at all is answered, reads included; none reaches the emulator then. */
    void silent(boolean on) {
        silent = on;
    }

    /** How many calls that write arrived since the last time it was asked. */
    int countCalls() {
        return calls.getAndSet(0);
    }

    /** How many writes those calls carried, likewise. */
    int countWrites() {
        return writes.getAndSet(0);
    }

    /** The names of all plants whose {@link Fault.FirstAnswerLost}. */
    Set<String> unanswered() {
        return unanswered;
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

        /** Every method of interest has one message to ask with, so that tells what becomes of the call. */
        private ServerCall.Listener<byte[]> relay(
                ServerCall<byte[], byte[]> caller, Metadata headers, MethodDescriptor<byte[], byte[]> method) {
            caller.request(Integer.MAX_VALUE);
            return new ServerCall.Listener<>() {

                private @Nullable ClientCall<byte[], byte[]> onward;

                @Override
                public void onMessage(byte[] message) {
                    Fault fault = fault(method, message);
                    if (fault instanceof Fault.Refused refused) {
                        caller.close(refused.status(), new Metadata());
                    } else if (!(fault instanceof Fault.Silent)) {
                        onward = forward(caller, headers, method, instead(fault));
                        onward.sendMessage(message);
                    }
                }

                @Override
                public void onHalfClose() {
                    if (onward != null) {
                        onward.halfClose();
                    }
                }
            };
        }

        private @Nullable Fault fault(MethodDescriptor<?, ?> method, byte[] message) {
            List<Write> carried = writes(method, message);
            Fault fault = null;
            if (!carried.isEmpty()) {
                calls.incrementAndGet();
                writes.addAndGet(carried.size());
                fault = once.poll();
                fault = fault == null ? always : fault;
            }
            if (fault instanceof Fault.FirstAnswerLost && !isFirst(carried)) {
                fault = null;
            }
            return silent ? new Fault.Silent() : fault;
        }

        private boolean isFirst(List<Write> carried) {
            return unanswered.addAll(carried.stream()
                    .map(write -> write.getUpdate()
                            .getFieldsOrDefault("name", Value.getDefaultInstance())
                            .getStringValue())
                    .toList());
        }

        private static List<Write> writes(MethodDescriptor<?, ?> method, byte[] message) {
            try {
                return switch (String.valueOf(method.getBareMethodName())) {
                    case "BatchWrite" -> BatchWriteRequest.parseFrom(message).getWritesList();
                    case "Commit" -> CommitRequest.parseFrom(message).getWritesList();
                    default -> List.of();
                };
            } catch (InvalidProtocolBufferException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static @Nullable Status instead(@Nullable Fault fault) {
            return fault instanceof Fault.AnswerLost lost
                    ? lost.instead()
                    : fault instanceof Fault.FirstAnswerLost first ? first.instead() : null;
        }

        private ClientCall<byte[], byte[]> forward(
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
            return onward;
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
