package dev.databasetraffic.faults;

import dev.databasetraffic.kit.ByteRelay;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One accepted connection and, once it leads on, the one that it is joined to. Confined to the relay's thread. */
final class Link {

    /** In one turn of the thread bytes are read that lie in the system's buffers, in another the end behind them. */
    private static final int TURNS_TO_AN_END = 3;

    private static final int TURN_MILLIS = 5;

    private final Channel client;
    private final InetSocketAddress target;

    private @Nullable Channel server;

    Link(Channel client, InetSocketAddress target) {
        this.client = client;
        this.target = target;
    }

    /** The side of the service. */
    Channel client() {
        return client;
    }

    /** The side of the database; null if the connection leads nowhere. */
    @Nullable
    Channel server() {
        return server;
    }

    void leadOn() {
        leadOn(link -> {});
    }

    /** Joins it to the healthy target; {@code whenJoined} sees both sides before the first byte passes. */
    void leadOn(Consumer<Link> whenJoined) {
        ByteRelay.lead(client, target, connected -> {
            server = connected;
            whenJoined.accept(this);
        });
    }

    /**
     * Joins it to the healthy target after nobody has read from it for a while, unless its client has gone meanwhile: what
     * was given up must not arrive, all at once, when a network is well again.
     */
    void leadOnIfThere() {
        Kept kept = new Kept();
        client.pipeline().addLast(kept);
        client.config().setAutoRead(true);
        afterTurns(TURNS_TO_AN_END, () -> {
            if (client.isActive()) {
                client.config().setAutoRead(false);
                // When both are joined, leaving hands on what was kept.
                leadOn(joined -> client.eventLoop().execute(kept::leave));
            }
        });
    }

    /** A task that is due is run after what was selected was read, however long the thread was kept from both. */
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    private void afterTurns(int turns, Runnable task) {
        client.eventLoop()
                .schedule(turns == 0 ? task : () -> afterTurns(turns - 1, task), TURN_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Takes nothing from what is read; a client's end closes the channel behind it. */
    private static final class Kept extends ByteToMessageDecoder {

        private @Nullable ChannelHandlerContext context;

        void leave() {
            if (context != null && !context.isRemoved()) {
                context.pipeline().remove(this);
            }
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            context = ctx;
        }

        @Override
        protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
            // Kept until this leaves.
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    /** Both ends get a TCP reset. */
    void cut() {
        ByteRelay.reset(client);
        if (server != null) {
            ByteRelay.reset(server);
        }
    }
}
