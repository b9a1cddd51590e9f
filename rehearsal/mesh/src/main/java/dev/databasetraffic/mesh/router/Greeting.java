package dev.databasetraffic.mesh.router;

import dev.databasetraffic.kit.ByteRelay;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Waits for a TLS greeting, connects to where its server name leads, and steps aside. */
@SuppressWarnings("FutureReturnValueIgnored") // closing a connection is told by its closeFuture
final class Greeting extends AbstractSniHandler<Channel> {

    private final Function<@Nullable String, Future<Channel>> dial;

    /** @param dial given the server name, null if the client greets without one or not at all */
    Greeting(Function<@Nullable String, Future<Channel>> dial) {
        this.dial = dial;
    }

    @Override
    protected Future<Channel> lookup(ChannelHandlerContext ctx, @Nullable String serverName) {
        return dial.apply(serverName);
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, @Nullable String serverName, Future<Channel> found) {
        if (join(ctx.channel(), found)) {
            // Leaving hands the greeting, kept until now, to the relay.
            ctx.pipeline().remove(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ByteRelay.reset(ctx.channel());
    }

    /** Joins a client to the other side, or ends whichever of the two there is; returns whether they are joined. */
    static boolean join(Channel client, Future<Channel> found) {
        if (!found.isSuccess()) {
            ByteRelay.reset(client);
            return false;
        }
        if (!client.isActive()) {
            found.getNow().close();
            return false;
        }
        ByteRelay.join(client, found.getNow());
        return true;
    }
}
