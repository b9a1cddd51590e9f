package dev.databasetraffic.faults;

import dev.databasetraffic.kit.ByteRelay;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One accepted connection and, once it leads on, the one that it is joined to. Confined to the relay's thread. */
final class Link {

    private final Channel client;
    private final InetSocketAddress target;

    private @Nullable Channel server;

    Link(Channel client, InetSocketAddress target) {
        this.client = client;
        this.target = target;
    }

    /** The side of the service. */
    Channel client() {
        return client;
    }

    /** The side of the database; null if the connection leads nowhere. */
    @Nullable
    Channel server() {
        return server;
    }

    void leadOn() {
        leadOn(link -> {});
    }

    /** Joins it to the healthy target; {@code whenJoined} sees both sides before the first byte passes. */
    void leadOn(Consumer<Link> whenJoined) {
        ByteRelay.lead(client, target, connected -> {
            server = connected;
            whenJoined.accept(this);
        });
    }

    /** Both ends get a TCP reset. */
    void cut() {
        ByteRelay.reset(client);
        if (server != null) {
            ByteRelay.reset(server);
        }
    }
}
