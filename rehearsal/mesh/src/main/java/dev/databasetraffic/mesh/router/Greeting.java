package dev.databasetraffic.mesh.router;

import dev.databasetraffic.kit.ByteRelay;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Waits for a TLS greeting, connects to where its server name leads, and steps aside. */
@SuppressWarnings("FutureReturnValueIgnored") // a dial is watched through its promise
final class Greeting extends AbstractSniHandler<Channel> {

    private final Function<@Nullable String, Way> wayOf;

    /** @param wayOf given the server name, null if the client greets without one or not at all */
    Greeting(Function<@Nullable String, Way> wayOf) {
        this.wayOf = wayOf;
    }

    @Override
    protected Future<Channel> lookup(ChannelHandlerContext ctx, @Nullable String serverName) {
        Promise<Channel> connected = ctx.executor().newPromise();
        if (wayOf.apply(serverName) instanceof Way.To to) {
            ByteRelay.dial(ctx.channel(), to.address()).addListener((ChannelFuture done) -> {
                if (done.isSuccess()) {
                    connected.setSuccess(done.channel());
                } else {
                    connected.setFailure(done.cause());
                }
            });
        } else {
            connected.setFailure(new IOException("no way"));
        }
        return connected;
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, @Nullable String serverName, Future<Channel> found) {
        if (!found.isSuccess()) {
            ByteRelay.reset(ctx.channel());
        } else if (ctx.channel().isActive()) {
            ByteRelay.join(ctx.channel(), found.getNow());
            // Leaving hands the greeting, kept until now, to the relay.
            ctx.pipeline().remove(this);
        } else {
            found.getNow().close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ByteRelay.reset(ctx.channel());
    }
}
