package dev.databasetraffic.embedded;

import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Answers every call that nobody else does, by the name of what was called. */
final class UnimplementedMethods extends HandlerRegistry {

    private static final MethodDescriptor.Marshaller<InputStream> IGNORED = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(InputStream value) {
            return value;
        }

        @Override
        public InputStream parse(InputStream stream) {
            return new ByteArrayInputStream(new byte[0]);
        }
    };

    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String methodName, @Nullable String authority) {
        MethodDescriptor<InputStream, InputStream> method = MethodDescriptor.<InputStream, InputStream>newBuilder()
                .setType(MethodDescriptor.MethodType.UNKNOWN)
                .setFullMethodName(methodName)
                .setRequestMarshaller(IGNORED)
                .setResponseMarshaller(IGNORED)
                .build();
        return ServerMethodDefinition.create(method, UnimplementedMethods::refuse);
    }

    private static ServerCall.Listener<InputStream> refuse(
            ServerCall<InputStream, InputStream> call, Metadata headers) {
        String name = call.getMethodDescriptor().getFullMethodName();
        call.close(StatusExceptions.unimplemented(name).getStatus(), new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
