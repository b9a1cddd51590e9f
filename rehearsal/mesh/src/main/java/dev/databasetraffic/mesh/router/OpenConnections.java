package dev.databasetraffic.mesh.router;

import dev.databasetraffic.mesh.model.FilterChain;
import dev.databasetraffic.mesh.router.RouterOptions.Entrance;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The open connections, each with the filter chain it came in by. Confined to the router's thread. */
@SuppressWarnings("FutureReturnValueIgnored") // closing a connection is told by its closeFuture
final class OpenConnections {

    private final Map<Channel, Accepted> open = new LinkedHashMap<>();

    private record Accepted(
            Entrance entrance,
            @Nullable String serverName,
            @Nullable FilterChain chain) {}

    void add(
            Channel client,
            Entrance entrance,
            @Nullable String serverName,
            @Nullable FilterChain chain,
            Runnable whenGone) {
        open.put(client, new Accepted(entrance, serverName, chain));
        client.closeFuture().addListener(closed -> {
            open.remove(client);
            whenGone.run();
        });
    }

    boolean any(@Nullable FilterChain chain) {
        return open.values().stream().anyMatch(accepted -> same(accepted.chain(), chain));
    }

    /**
     * Closes, when the drain time has passed, the connections whose chain is no longer current. As in Envoy, a chain that
     * comes back meanwhile does not save them; their clients reconnect by it.
     */
    void drain(Routing current, Duration after) {
        open.forEach((client, accepted) -> {
            if (!same(current.chain(accepted.entrance(), accepted.serverName()), accepted.chain())) {
                client.eventLoop().schedule(() -> client.close(), after.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    static boolean same(@Nullable FilterChain one, @Nullable FilterChain other) {
        return one == null || other == null ? one == other : one.isSameAs(other);
    }
}
