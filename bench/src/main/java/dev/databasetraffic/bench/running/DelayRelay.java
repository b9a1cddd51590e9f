package dev.databasetraffic.bench.running;

import dev.databasetraffic.kit.ByteRelay;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A longer wire: everything arrives in order and unhurt, half the round trip later in each direction. */
final class DelayRelay implements Wire.Hop {

    private final EventLoopGroup thread;
    private final Channel listener;

    private DelayRelay(EventLoopGroup thread, Channel listener) {
        this.thread = thread;
        this.listener = listener;
    }

    /** @param target a port of the loopback address */
    static DelayRelay start(int target, Duration roundTrip) throws IOException {
        Duration oneWay = roundTrip.dividedBy(2);
        EventLoopGroup thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        ChannelFuture bound = new ServerBootstrap()
                .group(thread)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        connect(client, target, oneWay);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            thread.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new IOException("the relay cannot listen", bound.cause());
        }
        return new DelayRelay(thread, bound.channel());
    }

    @Override
    public String endpoint() {
        return "127.0.0.1:" + ((InetSocketAddress) listener.localAddress()).getPort();
    }

    @Override
    public void close() {
        thread.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private static void connect(Channel client, int target, Duration oneWay) {
        ByteRelay.dial(client, new InetSocketAddress(InetAddress.getLoopbackAddress(), target))
                .addListener((ChannelFuture connected) -> {
                    Channel server = connected.channel();
                    if (!connected.isSuccess()) {
                        client.close();
                        return;
                    }
                    client.pipeline().addLast(new Direction(server, oneWay));
                    server.pipeline().addLast(new Direction(client, oneWay));
                    client.config().setAutoRead(true);
                    server.config().setAutoRead(true);
                });
    }

    private static final class Direction extends ChannelInboundHandlerAdapter {

        private final Channel destination;
        private final Duration delay;

        private Direction(Channel destination, Duration delay) {
            this.destination = destination;
            this.delay = delay;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            later(ctx, () -> destination.writeAndFlush(message));
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            later(ctx, () -> destination.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }

        /** Both ends share one event loop, which runs what is due in the order in which it was handed in. */
        private void later(ChannelHandlerContext ctx, Runnable task) {
            var unused = ctx.executor().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
