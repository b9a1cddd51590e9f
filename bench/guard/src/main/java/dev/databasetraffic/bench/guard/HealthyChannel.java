package dev.databasetraffic.bench.guard;

import dev.databasetraffic.channelguard.ChannelGuard;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The difference of two rows is the guard's, in nanoseconds and, with {@code -prof gc}, in bytes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // set by start()
public class HealthyChannel {

    private static final byte[] MESSAGE = new byte[100];
    private static final String SERVICE = "bench.Service";
    private static final MethodDescriptor<byte[], byte[]> ECHO = MethodDescriptor.newBuilder(new Bytes(), new Bytes())
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(SERVICE + "/Echo")
            .build();

    /** Whether the channel is guarded. */
    @Param({"false", "true"})
    public boolean guarded;

    private Server server;
    private ManagedChannel channel;

    /** Starts both ends; in one process, on the caller's thread, so that little hides what is measured. */
    @Setup
    public void start() throws IOException {
        String name = InProcessServerBuilder.generateName();
        server = InProcessServerBuilder.forName(name)
                .directExecutor()
                .addService(ServerServiceDefinition.builder(SERVICE)
                        .addMethod(ECHO, ServerCalls.asyncUnaryCall((request, response) -> {
                            response.onNext(request);
                            response.onCompleted();
                        }))
                        .build())
                .build()
                .start();
        InProcessChannelBuilder builder = InProcessChannelBuilder.forName(name).directExecutor();
        channel = guarded ? ChannelGuard.on(builder).build() : builder.build();
    }

    /** Ends both. */
    @TearDown
    public void stop() {
        channel.shutdownNow();
        server.shutdownNow();
    }

    /** What every call passes before anything of it is sent. */
    @Benchmark
    public ClientCall<byte[], byte[]> newCall() {
        return channel.newCall(ECHO, CallOptions.DEFAULT);
    }

    /** A whole call. */
    @Benchmark
    public byte[] unaryCall() {
        return ClientCalls.blockingUnaryCall(channel, ECHO, CallOptions.DEFAULT, MESSAGE);
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new IllegalStateException("read from memory", e);
            }
        }
    }
}
