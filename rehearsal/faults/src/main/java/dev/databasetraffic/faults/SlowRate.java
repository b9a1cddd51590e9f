package dev.databasetraffic.faults;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.traffic.ChannelTrafficShapingHandler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Bytes trickle, at so many per second in either direction of a connection. */
final class SlowRate implements ConnectionFault {

    private static final Duration CHECK = Duration.ofMillis(100);
    /** Longer than any rehearsal: Netty would let a chunk through early otherwise. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final int bytesPerSecond;

    SlowRate(int bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public String name() {
        return "slow";
    }

    @Override
    public String seen() {
        return bytesPerSecond / 1024 + " KB/s";
    }

    @Override
    public void accepted(Link link) {
        link.leadOn(this::left);
    }

    @Override
    public void left(Link link) {
        shape(link.client());
        shape(link.server());
    }

    @Override
    public void ended(Link link) {
        unshape(link.client());
        unshape(link.server());
    }

    private void shape(@Nullable Channel channel) {
        if (channel != null) {
            channel.pipeline()
                    .addFirst(new ChannelTrafficShapingHandler(
                            bytesPerSecond, 0, CHECK.toMillis(), LONGEST_WAIT.toMillis()));
        }
    }

    /** What waits is sent at once, in order. */
    private static void unshape(@Nullable Channel channel) {
        ChannelPipeline pipeline = channel == null ? null : channel.pipeline();
        if (pipeline != null && pipeline.get(ChannelTrafficShapingHandler.class) != null) {
            pipeline.remove(ChannelTrafficShapingHandler.class);
            // It writes what it held, and does not flush.
            pipeline.flush();
        }
    }
}
