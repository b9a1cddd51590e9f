package dev.databasetraffic.faults;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every packet vanishes: open connections stall in the middle of what they do, without an end or an error, and new ones get
 * no answer. At the end of the fault all go on where they stopped, or those of before stay frozen for ever, as after the
 * fail-over of a load balancer that keeps no state.
 */
final class Frozen implements ConnectionFault {

    private final boolean forEver;
    private final Map<Link, Runnable> frozen = new HashMap<>();

    Frozen(boolean forEver) {
        this.forEver = forEver;
    }

    @Override
    public String name() {
        return forEver ? "left-frozen" : "frozen";
    }

    @Override
    public String seen() {
        return forEver
                ? "open connections stall for ever, new ones as long as the outage"
                : "every connection stalls, then goes on";
    }

    @Override
    public Set<Connections> connections() {
        return EnumSet.of(Connections.LEFT);
    }

    @Override
    public void accepted(Link link) {
        frozen.put(link, forEver ? () -> {} : link::leadOnIfThere);
    }

    @Override
    public void left(Link link) {
        Hold client = Hold.on(link.client());
        Hold server = Hold.on(link.server());
        frozen.put(link, () -> {
            client.release();
            server.release();
        });
    }

    @Override
    public void ended(Link link) {
        Runnable thaw = frozen.remove(link);
        if (thaw != null && !forEver) {
            thaw.run();
        }
    }

    @Override
    public void end() {
        frozen.clear();
    }

    /** Keeps a channel from reading, whoever asks it to. */
    private static final class Hold extends ChannelDuplexHandler {

        private @Nullable ChannelHandlerContext context;

        static Hold on(@Nullable Channel channel) {
            Hold hold = new Hold();
            if (channel != null) {
                channel.config().setAutoRead(false);
                channel.pipeline().addFirst(hold);
            }
            return hold;
        }

        void release() {
            if (context != null && !context.isRemoved()) {
                Channel channel = context.channel();
                context.pipeline().remove(this);
                channel.config().setAutoRead(true);
                channel.read();
            }
        }

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            context = ctx;
        }

        @Override
        public void read(ChannelHandlerContext ctx) {
            // Not handed on.
        }
    }
}
