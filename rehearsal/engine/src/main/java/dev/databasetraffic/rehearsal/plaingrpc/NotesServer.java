package dev.databasetraffic.rehearsal.plaingrpc;

import com.google.protobuf.StringValue;
import dev.databasetraffic.kit.Loopback;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A gRPC server as anybody writes one; keeps notes in memory, each once however often it is written. */
final class NotesServer implements AutoCloseable {

    private static final String SERVICE = "notes.v1.Notes";

    static final MethodDescriptor<StringValue, StringValue> WRITE =
            MethodDescriptor.<StringValue, StringValue>newBuilder(
                            ProtoUtils.marshaller(StringValue.getDefaultInstance()),
                            ProtoUtils.marshaller(StringValue.getDefaultInstance()))
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName(SERVICE + "/Write")
                    .build();

    private final Map<String, Integer> notes = new ConcurrentHashMap<>();
    private final Server server;

    private NotesServer() throws IOException {
        server = NettyServerBuilder.forAddress(Loopback.at(0))
                .addService(ServerServiceDefinition.builder(SERVICE)
                        .addMethod(WRITE, ServerCalls.asyncUnaryCall(this::write))
                        .build())
                .build()
                .start();
    }

    /**
     * Returns when it listens, in plain text.
     *
     * @throws IOException if it cannot
     */
    static NotesServer start() throws IOException {
        return new NotesServer();
    }

    /** Whether a call of that path writes. */
    static boolean isWrite(String path) {
        return path.equals("/" + WRITE.getFullMethodName());
    }

    InetSocketAddress address() {
        return Loopback.at(server.getPort());
    }

    /** How many notes begin so, by their text. */
    Map<String, Integer> stored(String prefix) {
        return notes.entrySet().stream()
                .filter(note -> note.getKey().startsWith(prefix))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void write(StringValue note, StreamObserver<StringValue> answer) {
        notes.putIfAbsent(note.getValue(), 1);
        answer.onNext(note);
        answer.onCompleted();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
