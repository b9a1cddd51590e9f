package dev.databasetraffic.echo;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * All listeners. They are bound while the application starts, so that it is ready when all are, and fails to start when
 * one cannot be.
 */
// That a connection is closed is seen where it ends, not where that is asked for.
@SuppressWarnings("FutureReturnValueIgnored")
@Component
class Listeners implements SmartLifecycle {

    static final String REJECTED = "echo.connections.rejected";

    private final EchoProperties properties;
    private final MeterRegistry registry;
    private final ConnectionLimit limit;
    private final Map<String, EchoListener> listeners = new TreeMap<>();
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private volatile @Nullable EventLoopGroup eventLoops;

    Listeners(EchoProperties properties, MeterRegistry registry) {
        this.properties = properties;
        this.registry = registry;
        this.limit = new ConnectionLimit(properties.limits().connections());
        properties
                .listeners()
                .forEach((name, settings) -> listeners.put(
                        name,
                        new EchoListener(
                                name,
                                new InetSocketAddress(properties.address(), settings.port()),
                                settings.behaviour(),
                                registry)));
    }

    /** The listeners by name. */
    Map<String, EchoListener> byName() {
        return listeners;
    }

    @Override
    public void start() {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());
        eventLoops = group;
        int readBuffer = Math.toIntExact(properties.limits().readBuffer().toBytes());
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(readBuffer));
        try {
            listeners.forEach((name, listener) ->
                    listener.bind(bootstrap.clone().childHandler(new ConnectionInitializer(name, listener))));
        } catch (ListenerBindException e) {
            stop();
            throw e;
        }
    }

    /** Takes no more connections, answers what was read for as long as the grace lasts, then closes what is left. */
    @Override
    public void stop() {
        EventLoopGroup group = eventLoops;
        if (group == null) {
            return;
        }
        long grace = properties.shutdownGrace().toMillis();
        listeners.values().forEach(EchoListener::close);
        connections.forEach(connection -> connection.pipeline().fireUserEventTriggered(Connection.DRAIN));
        connections.newCloseFuture().awaitUninterruptibly(grace);
        connections.close().awaitUninterruptibly(grace);
        group.shutdownGracefully(0, grace, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        eventLoops = null;
    }

    @Override
    public boolean isRunning() {
        return eventLoops != null;
    }

    private final class ConnectionInitializer extends ChannelInitializer<Channel> {

        private final EchoListener listener;
        private final Counter rejected;

        ConnectionInitializer(String name, EchoListener listener) {
            this.listener = listener;
            this.rejected = Counter.builder(REJECTED)
                    .description("Connections reset because too many were open")
                    .tag("listener", name)
                    .register(registry);
        }

        @Override
        protected void initChannel(Channel channel) {
            if (!limit.enter()) {
                rejected.increment();
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                channel.close();
                return;
            }
            channel.closeFuture().addListener(closed -> limit.leave());
            connections.add(channel);
            EchoProperties.Limits limits = properties.limits();
            Behaviour behaviour = listener.behaviour();
            channel.pipeline()
                    .addLast(new IdleStateHandler(0, 0, limits.idle().toMillis(), TimeUnit.MILLISECONDS))
                    .addLast(new Connection(limits, listener.metrics(behaviour)))
                    .addLast(handler(behaviour));
        }

        private ChannelHandler handler(Behaviour behaviour) {
            return switch (behaviour) {
                case ECHO -> new EchoBehaviour();
                case SILENT -> new SilentBehaviour();
                case RESET -> new ResetBehaviour();
                case SLOW -> new SlowBehaviour(properties.slow());
            };
        }
    }
}
