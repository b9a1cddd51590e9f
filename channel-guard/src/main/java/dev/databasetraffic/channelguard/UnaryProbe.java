package dev.databasetraffic.channelguard;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A probe that is one unary call, made with grpc-api alone. */
record UnaryProbe<Q>(MethodDescriptor<Q, ?> method, Q request, CallOptions options) implements Probe {

    /** An empty request asks about the server as a whole; what the answer says is not read. */
    static final Probe HEALTH_CHECK = new UnaryProbe<>(
            MethodDescriptor.newBuilder(new Ignored(), new Ignored())
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName("grpc.health.v1.Health/Check")
                    .build(),
            "",
            CallOptions.DEFAULT);

    @Override
    public CompletionStage<Status> ask(Channel channel, Deadline deadline) {
        return ask(method, channel, deadline);
    }

    private <A> CompletionStage<Status> ask(MethodDescriptor<Q, A> typed, Channel channel, Deadline deadline) {
        CompletableFuture<Status> end = new CompletableFuture<>();
        // By the channel's executor: call credentials may fetch a token there, and block.
        ClientCall<Q, A> call = channel.newCall(typed, options.withDeadline(deadline));
        call.start(
                new ClientCall.Listener<A>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        end.complete(status);
                    }
                },
                new Metadata());
        call.request(2);
        call.sendMessage(request);
        call.halfClose();
        return end;
    }

    private static final class Ignored implements MethodDescriptor.Marshaller<String> {

        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(new byte[0]);
        }

        @Override
        public String parse(InputStream stream) {
            return "";
        }
    }
}
