package dev.databasetraffic.mesh.router;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The open connections, each with the filter chain it came in by. Confined to the router's thread. */
@SuppressWarnings("FutureReturnValueIgnored") // closing a connection is told by its closeFuture
final class OpenConnections {

    private final Map<Channel, Accepted> open = new LinkedHashMap<>();

    private record Accepted(String serverName, FilterChain chain) {}

    void add(Channel client, String serverName, FilterChain chain, Runnable whenGone) {
        open.put(client, new Accepted(serverName, chain));
        client.closeFuture().addListener(closed -> {
            open.remove(client);
            whenGone.run();
        });
    }

    boolean any(FilterChain chain) {
        return open.values().stream().anyMatch(accepted -> accepted.chain().equals(chain));
    }

    /**
     * Closes, when the drain time has passed, the connections whose chain is no longer current. As in Envoy, a chain that
     * comes back meanwhile does not save them; their clients reconnect by it.
     */
    void drain(Routes current, Duration after) {
        Predicate<Accepted> stale =
                accepted -> !current.match(accepted.serverName()).equals(accepted.chain());
        open.forEach((client, accepted) -> {
            if (stale.test(accepted)) {
                client.eventLoop().schedule(() -> client.close(), after.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }
}
