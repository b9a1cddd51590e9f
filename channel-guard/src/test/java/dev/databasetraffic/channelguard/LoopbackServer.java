package dev.databasetraffic.channelguard;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A gRPC server on a port of its own: one method answers with what it gets, the other never answers. */
public final class LoopbackServer implements AutoCloseable {

    public static final MethodDescriptor<String, String> ECHO = method("test.Service/Echo");
    public static final MethodDescriptor<String, String> NEVER = method("test.Service/Never");

    private final Server server;
    private final AtomicInteger calls = new AtomicInteger();
    private final Queue<Status> once = new ConcurrentLinkedQueue<>();

    public LoopbackServer() {
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(ServerServiceDefinition.builder("test.Service")
                            .addMethod(ECHO, (call, headers) -> echo(call))
                            .addMethod(NEVER, (call, headers) -> new ServerCall.Listener<>() {})
                            .build())
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getPort();
    }

    /** How many echoes were asked for since this was asked last. */
    public int takeCalls() {
        return calls.getAndSet(0);
    }

    /** Answers the next echoes with these, one each, without a message. */
    public void answerNext(Status... statuses) {
        once.addAll(List.of(statuses));
    }

    /** Ends as servers do: tells its clients to go away, and lets calls end. */
    void leave() {
        server.shutdown();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private ServerCall.Listener<String> echo(ServerCall<String, String> call) {
        calls.incrementAndGet();
        call.request(2);
        return new ServerCall.Listener<>() {

            private String message = "";

            @Override
            public void onMessage(String received) {
                message = received;
            }

            @Override
            public void onHalfClose() {
                Status status = once.poll();
                if (status == null) {
                    call.sendHeaders(new Metadata());
                    call.sendMessage(message);
                }
                call.close(status == null ? Status.OK : status, new Metadata());
            }
        };
    }

    /** How a call of the method ends. */
    public static CompletableFuture<Status> call(
            Channel channel, MethodDescriptor<String, String> method, CallOptions options) {
        CompletableFuture<Status> end = new CompletableFuture<>();
        ClientCall<String, String> call = channel.newCall(method, options);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        end.complete(status);
                    }
                },
                new Metadata());
        call.request(2);
        call.sendMessage("hello");
        call.halfClose();
        return end;
    }

    /** How an echo with that deadline ends. */
    public static Status echo(Channel channel, long deadlineMillis) {
        return call(channel, ECHO, CallOptions.DEFAULT.withDeadlineAfter(deadlineMillis, TimeUnit.MILLISECONDS))
                .join();
    }

    /** As a generated blocking stub does it. */
    static String blockingEcho(Channel channel) {
        return ClientCalls.blockingUnaryCall(
                channel, ECHO, CallOptions.DEFAULT.withDeadlineAfter(5, TimeUnit.SECONDS), "hello");
    }

    private static MethodDescriptor<String, String> method(String name) {
        return MethodDescriptor.newBuilder(new Text(), new Text())
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(name)
                .build();
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {

        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
