package dev.databasetraffic.mesh.resource;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What proxies that stand alone listen to. */
public record Gateway(Map<String, String> selector, List<Server> servers) {

    public Gateway {
        selector = Present.map(selector);
        servers = Present.list(servers);
    }

    /** A port of a gateway, with the hosts that are served there. */
    public record Server(
            Sidecar.@Nullable Port port,
            String bind,
            List<String> hosts,
            @Nullable ServerTls tls) {

        public Server {
            bind = Present.text(bind);
            hosts = Present.list(hosts);
        }
    }

    /** What a server does with TLS. */
    public record ServerTls(String mode) {

        public ServerTls {
            mode = mode == null || mode.isEmpty() ? "PASSTHROUGH" : mode;
        }
    }
}
