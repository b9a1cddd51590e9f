package dev.databasetraffic.echo;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A port, and what is done to those who connect to it. Thread-safe. */
final class EchoListener {

    private static final Logger LOG = LoggerFactory.getLogger(EchoListener.class);

    private final String name;
    private final InetSocketAddress address;
    private final MeterRegistry registry;
    private final Map<Behaviour, ConnectionMetrics> metrics = new ConcurrentHashMap<>();
    private volatile Behaviour behaviour;
    private volatile @Nullable Channel channel;

    EchoListener(String name, InetSocketAddress address, Behaviour behaviour, MeterRegistry registry) {
        this.name = name;
        this.address = address;
        this.behaviour = behaviour;
        this.registry = registry;
    }

    /**
     * Takes connections from now on.
     *
     * @throws ListenerBindException if the address is taken, or may not be had
     */
    void bind(ServerBootstrap bootstrap) {
        ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new ListenerBindException(name, address, bound.cause());
        }
        channel = bound.channel();
        LOG.info("listener bound: listener={} port={} behaviour={}", name, port(), behaviour.label());
    }

    void close() {
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
    }

    /** The port that is bound, also where the settings left the choice to the system. */
    int port() {
        Channel bound = Objects.requireNonNull(channel, "not bound");
        return ((InetSocketAddress) bound.localAddress()).getPort();
    }

    Behaviour behaviour() {
        return behaviour;
    }

    /** Changes what is done to connections from now on; those that are open keep the behaviour they met. */
    void switchTo(Behaviour next) {
        LOG.info("behaviour switched: listener={} from={} to={}", name, behaviour.label(), next.label());
        behaviour = next;
    }

    /** Where to count a connection that meets {@code met}. */
    ConnectionMetrics metrics(Behaviour met) {
        return metrics.computeIfAbsent(met, unseen -> new ConnectionMetrics(name, unseen, registry));
    }

    int activeConnections() {
        return metrics.values().stream().mapToInt(ConnectionMetrics::active).sum();
    }
}
