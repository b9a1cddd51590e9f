package dev.databasetraffic.channelguard;

import com.google.errorprone.annotations.DoNotCall;
import io.grpc.ForwardingChannelBuilder2;
import io.grpc.ManagedChannelBuilder;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Builds what the builder within would, guarded. */
public final class GuardedChannelBuilder extends ForwardingChannelBuilder2<GuardedChannelBuilder> {

    private final ManagedChannelBuilder<?> builder;
    private final ChannelGuard guard;
    private @Nullable Executor executor;

    GuardedChannelBuilder(ManagedChannelBuilder<?> builder, ChannelGuard guard) {
        this.builder = builder;
        this.guard = guard;
    }

    @Override
    protected ManagedChannelBuilder<?> delegate() {
        return builder;
    }

    @Override
    public GuardedChannelBuilder executor(Executor callers) {
        executor = callers;
        return super.executor(callers);
    }

    @Override
    public GuardedChannelBuilder directExecutor() {
        executor = Runnable::run;
        return super.directExecutor();
    }

    @Override
    public GuardedChannel build() {
        return new GuardedChannel(builder.build(), guard, executor);
    }

    /**
     * Not for this builder: see {@link ChannelGuard#on}.
     *
     * @param name of the host
     * @param port of the host
     * @return nothing
     */
    @DoNotCall("Use ChannelGuard.on")
    public static ManagedChannelBuilder<?> forAddress(String name, int port) {
        throw new UnsupportedOperationException("use ChannelGuard.on(ManagedChannelBuilder.forAddress(...))");
    }

    /**
     * Not for this builder: see {@link ChannelGuard#on}.
     *
     * @param target to be resolved
     * @return nothing
     */
    @DoNotCall("Use ChannelGuard.on")
    public static ManagedChannelBuilder<?> forTarget(String target) {
        throw new UnsupportedOperationException("use ChannelGuard.on(ManagedChannelBuilder.forTarget(...))");
    }
}
