package dev.databasetraffic.faults;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Every byte from the database arrives late by the same time, in order: TLS greetings, HTTP/2 settings, answers, ends. */
@SuppressWarnings("FutureReturnValueIgnored") // what is scheduled empties the queue, and so does what comes first
final class Latency implements ConnectionFault {

    private final Duration delay;

    Latency(Duration delay) {
        this.delay = delay;
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String seen() {
        return "every answer " + delay.toSeconds() + " s late";
    }

    @Override
    public void accepted(Link link) {
        link.leadOn(this::left);
    }

    @Override
    public void left(Link link) {
        if (link.server() != null) {
            link.server().pipeline().addFirst(new Delay());
        }
    }

    @Override
    public void ended(Link link) {
        if (link.server() != null && link.server().pipeline().get(Delay.class) != null) {
            link.server().pipeline().remove(Delay.class);
        }
    }

    private final class Delay extends ChannelInboundHandlerAdapter {

        private final Queue<Runnable> waiting = new ArrayDeque<>();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            later(ctx, () -> ctx.fireChannelRead(message));
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            later(ctx, ctx::fireChannelReadComplete);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            later(ctx, ctx::fireChannelInactive);
        }

        /** What is still waiting must not be overtaken by what comes next. */
        @Override
        public void handlerRemoved(ChannelHandlerContext ctx) {
            while (runNext() != null) {}
        }

        private void later(ChannelHandlerContext ctx, Runnable event) {
            waiting.add(event);
            ctx.executor().schedule(this::runNext, delay.toMillis(), TimeUnit.MILLISECONDS);
        }

        private @Nullable Runnable runNext() {
            Runnable next = waiting.poll();
            if (next != null) {
                next.run();
            }
            return next;
        }
    }
}
