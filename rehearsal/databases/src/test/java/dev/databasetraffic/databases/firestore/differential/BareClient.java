package dev.databasetraffic.databases.firestore.differential;

import com.google.firestore.v1.FirestoreProto;
import com.google.protobuf.Descriptors;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A client of Firestore without any client library's help: it sends a request as it is. */
public final class BareClient implements AutoCloseable {

    private static final Descriptors.ServiceDescriptor SERVICE =
            FirestoreProto.getDescriptor().findServiceByName("Firestore");
    private static final int TIMEOUT_SECONDS = 60;

    private final ManagedChannel channel;

    public BareClient(String host, int port) {
        // The genuine emulator's owner may do everything.
        Metadata owner = new Metadata();
        owner.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer owner");
        channel = NettyChannelBuilder.forAddress(host, port)
                .usePlaintext()
                .intercept(MetadataUtils.newAttachHeadersInterceptor(owner))
                .build();
    }

    public CallResult call(Message request) {
        Descriptors.MethodDescriptor method = SERVICE.getMethods().stream()
                .filter(candidate -> candidate.getInputType().equals(request.getDescriptorForType()))
                .findFirst()
                .orElseThrow();
        List<Message> messages = new ArrayList<>();
        try {
            Iterator<Message> responses = ClientCalls.blockingServerStreamingCall(
                    channel,
                    descriptor(method, request),
                    CallOptions.DEFAULT.withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS),
                    request);
            responses.forEachRemaining(messages::add);
            return new CallResult(Status.Code.OK, "", messages, messages);
        } catch (StatusRuntimeException e) {
            return new CallResult(
                    e.getStatus().getCode(), String.valueOf(e.getStatus().getDescription()), messages, messages);
        }
    }

    /** As if each answered with a stream, which on the wire makes no difference. */
    private static MethodDescriptor<Message, Message> descriptor(Descriptors.MethodDescriptor method, Message request) {
        return MethodDescriptor.<Message, Message>newBuilder()
                .setType(MethodDescriptor.MethodType.SERVER_STREAMING)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE.getFullName(), method.getName()))
                .setRequestMarshaller(ProtoUtils.marshaller(request.getDefaultInstanceForType()))
                .setResponseMarshaller(ProtoUtils.marshaller(DynamicMessage.getDefaultInstance(method.getOutputType())))
                .build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
