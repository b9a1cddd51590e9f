package dev.databasetraffic.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Somebody who opens connections, one after the other, says nothing on any, and holds those that are not ended. */
public final class SilentConnections implements AutoCloseable {

    private static final int PER_SECOND = 400;

    private final MultiThreadIoEventLoopGroup thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Double> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();

    private SilentConnections() {}

    /** Begins after that time. */
    public static SilentConnections open(InetSocketAddress service, int connections, Duration after) {
        SilentConnections silent = new SilentConnections();
        for (int i = 0; i < connections; i++) {
            silent.thread.schedule(
                    () -> silent.open(service), after.toMillis() + 1000L * i / PER_SECOND, TimeUnit.MILLISECONDS);
        }
        return silent;
    }

    private void open(InetSocketAddress service) {
        long begun = System.nanoTime();
        opened.incrementAndGet();
        new Bootstrap()
                .group(thread)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new SimpleChannelInboundHandler<ByteBuf>() {
                            @Override
                            protected void channelRead0(ChannelHandlerContext context, ByteBuf answer) {
                                told.add((System.nanoTime() - begun) / 1e6);
                                context.close();
                            }
                        });
                    }
                })
                .connect(service);
    }

    public int opened() {
        return opened.get();
    }

    /** How many were told that there are too many. */
    public int told() {
        return told.size();
    }

    /** Of these, in milliseconds from when a connection was opened; NaN if none was. */
    public double toldWithin(double share) {
        return OpenResult.quantile(
                told.stream().mapToDouble(Double::doubleValue).sorted().toArray(), share);
    }

    @Override
    public void close() {
        thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
