package dev.databasetraffic.echo;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds one connection to its limits, and keeps its books: metrics as it goes, one log line when it is over.
 *
 * <p>Stands between the socket and the behaviour, and reads nothing unasked: the behaviour calls {@code read()} when it
 * is done with what it got, so that a connection never holds more than one read buffer, and ends here between two reads.
 */
// That a connection is closed is seen where it ends, not where that is asked for.
@SuppressWarnings("FutureReturnValueIgnored")
final class Connection extends ChannelDuplexHandler {

    /** Tells a connection to answer what it has read, and to end. */
    static final Object DRAIN = new Object();

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final EchoProperties.Limits limits;
    private final ConnectionMetrics metrics;
    private final FirstBytes firstBytes;
    private final long opened = System.nanoTime();
    private @Nullable InetSocketAddress peer;
    private long received;
    private long sent;
    private boolean waitingForPeer;
    private @Nullable ConnectionEnd end;
    private @Nullable Future<?> endOfLife;

    Connection(EchoProperties.Limits limits, ConnectionMetrics metrics) {
        this.limits = limits;
        this.metrics = metrics;
        this.firstBytes = new FirstBytes(Math.toIntExact(limits.firstBytes().toBytes()));
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        metrics.opened();
        // Asked for now, as a closed socket may not tell any more.
        peer = (InetSocketAddress) context.channel().remoteAddress();
        endOfLife = context.executor()
                .schedule(
                        () -> end(context, ConnectionEnd.LIFETIME),
                        limits.lifetime().toMillis(),
                        TimeUnit.MILLISECONDS);
        context.fireChannelActive();
        read(context);
    }

    @Override
    public void read(ChannelHandlerContext context) {
        if (end != null) {
            context.close();
        } else if (received >= limits.bytes().toBytes()) {
            end(context, ConnectionEnd.BYTES);
        } else {
            waitingForPeer = true;
            context.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        waitingForPeer = false;
        received += bytes.readableBytes();
        metrics.received(bytes.readableBytes());
        firstBytes.add(bytes);
        long excess = received - limits.bytes().toBytes();
        if (excess > 0) {
            bytes.writerIndex(bytes.writerIndex() - (int) excess);
        }
        context.fireChannelRead(bytes);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        int length = ((ByteBuf) message).readableBytes();
        context.write(message, promise.unvoid()).addListener(written -> {
            if (written.isSuccess()) {
                sent += length;
                metrics.sent(length);
            } else if (written.cause() instanceof IOException) {
                because(ConnectionEnd.PEER_RESET);
            }
        });
    }

    /** Only a behaviour's own wish to close comes along here: Netty's and ours start below. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        because(ConnectionEnd.BEHAVIOUR);
        context.close(promise);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event == DRAIN) {
            drain(context);
        } else if (event instanceof IdleStateEvent) {
            end(context, ConnectionEnd.IDLE);
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    private void drain(ChannelHandlerContext context) {
        because(ConnectionEnd.SHUTDOWN);
        if (waitingForPeer) {
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof IOException) {
            end(context, ConnectionEnd.PEER_RESET);
        } else {
            LOG.warn("connection on listener {} failed", metrics.listener(), cause);
            end(context, ConnectionEnd.FAILURE);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (endOfLife != null) {
            endOfLife.cancel(false);
        }
        context.fireChannelInactive();
        because(ConnectionEnd.PEER);
        long nanos = System.nanoTime() - opened;
        metrics.closed(end(), firstBytes.protocol(), nanos);
        LOG.info(
                "connection ended: listener={} behaviour={} peer={} duration={}ms received={}B sent={}B first={} end={}",
                metrics.listener(),
                metrics.behaviour().label(),
                NetUtil.toSocketAddressString(peer),
                TimeUnit.NANOSECONDS.toMillis(nanos),
                received,
                sent,
                firstBytes.description(),
                end().label());
    }

    private void end(ChannelHandlerContext context, ConnectionEnd reason) {
        because(reason);
        context.close();
    }

    /** The first reason counts: what follows is its consequence. */
    private void because(ConnectionEnd reason) {
        if (end == null) {
            end = reason;
        }
    }

    private ConnectionEnd end() {
        return end == null ? ConnectionEnd.PEER : end;
    }
}
