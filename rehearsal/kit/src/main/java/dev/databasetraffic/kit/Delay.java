package dev.databasetraffic.kit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whatever is written to a channel leaves late by the same time, in order. On the way out, not in: what was read from a
 * channel that has ended since would have no pipeline to wait in.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what is scheduled empties the queue, and so does what comes first
public final class Delay extends ChannelOutboundHandlerAdapter {

    private final long nanos;
    private final Queue<Runnable> waiting = new ArrayDeque<>();

    public Delay(Duration delay) {
        this.nanos = delay.toNanos();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        later(ctx, () -> ctx.write(message, promise));
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        later(ctx, ctx::flush);
    }

    /** What is still waiting must not be overtaken by what comes next. */
    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        while (runNext() != null) {}
    }

    private void later(ChannelHandlerContext ctx, Runnable event) {
        waiting.add(event);
        ctx.executor().schedule(this::runNext, nanos, TimeUnit.NANOSECONDS);
    }

    private @Nullable Runnable runNext() {
        Runnable next = waiting.poll();
        if (next != null) {
            next.run();
        }
        return next;
    }
}
