package dev.databasetraffic.mesh.router;

import dev.databasetraffic.kit.ByteRelay;
import dev.databasetraffic.mesh.traffic.Flow;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;

/** Dials one target of a host and counts what comes of it. */
@SuppressWarnings("FutureReturnValueIgnored") // a dial is watched through its promise
final class Tally {

    private final String host;
    private final String target;
    private final LongAdder open = new LongAdder();
    private final LongAdder opened = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    Tally(String host, String target) {
        this.host = host;
        this.target = target;
    }

    /** The other side for a client's connection, told not to read yet; fails if the way leads nowhere or nobody answers. */
    Future<Channel> dial(Channel client, Way way) {
        opened.increment();
        Promise<Channel> connected = client.eventLoop().newPromise();
        if (way instanceof Way.To to) {
            ByteRelay.dial(client, to.address()).addListener((ChannelFuture done) -> {
                if (done.isSuccess()) {
                    ByteRelay.readLargePieces(done.channel());
                    count(client, done.channel());
                    connected.setSuccess(done.channel());
                } else {
                    failed.increment();
                    connected.setFailure(done.cause());
                }
            });
        } else {
            failed.increment();
            connected.setFailure(new IOException("no way"));
        }
        return connected;
    }

    Flow flow() {
        return new Flow(host, target, open.sum(), opened.sum(), failed.sum(), bytes.sum());
    }

    private void count(Channel client, Channel server) {
        open.increment();
        server.closeFuture().addListener(closed -> open.decrement());
        client.pipeline().addLast(new ByteCount(bytes));
        server.pipeline().addLast(new ByteCount(bytes));
    }

    /** Counts what is read, on its way to the relay. */
    private static final class ByteCount extends ChannelInboundHandlerAdapter {

        private final LongAdder bytes;

        ByteCount(LongAdder bytes) {
            this.bytes = bytes;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            bytes.add(((ByteBuf) message).readableBytes());
            ctx.fireChannelRead(message);
        }
    }
}
