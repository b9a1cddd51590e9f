package dev.databasetraffic.mesh.router;

import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.model.FilterChain;
import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.Listener;
import dev.databasetraffic.mesh.model.Listener.Connection;
import dev.databasetraffic.mesh.model.MeshModel;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.model.ProxyConfiguration;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.mesh.router.RouterOptions.Entrance;
import dev.databasetraffic.mesh.traffic.RuleInForce;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the workload's sidecar would do with its connections, at one moment. */
record Routing(ProxyConfiguration proxy) {

    static Routing of(List<Manifest> manifests, MeshOptions mesh, Workload workload) {
        return new Routing(MeshModel.of(manifests, mesh).sidecar(workload));
    }

    /** Whether the way depends on how the client greets; if not, the server may be the first to speak. */
    boolean goesByServerName(Entrance entrance) {
        return listener(entrance).stream()
                .flatMap(listener -> listener.chains().stream())
                .anyMatch(chain -> !chain.matchedNames().isEmpty());
    }

    /** @return null if the connection is closed, or the mesh does not know the port and so passes it by */
    @Nullable
    FilterChain chain(Entrance entrance, @Nullable String serverName) {
        Connection connection = serverName == null
                ? Connection.bytes(address(entrance))
                : Connection.tls(address(entrance), serverName);
        return listener(entrance).map(listener -> listener.match(connection)).orElse(null);
    }

    /** That of the connections that are meant for the entrance's host. */
    @Nullable
    FilterChain chain(Entrance entrance) {
        return chain(entrance, goesByServerName(entrance) ? entrance.host() : null);
    }

    /** The rules that lead the entrances' hosts. */
    List<RuleInForce> rules(List<Entrance> entrances) {
        return entrances.stream()
                .flatMap(entrance -> RuleInForce.of(entrance.host(), chain(entrance)).stream())
                .toList();
    }

    private Optional<Listener> listener(Entrance entrance) {
        return proxy.listener(address(entrance), entrance.meshPort());
    }

    /** The address that the host's name has in the mesh. */
    private String address(Entrance entrance) {
        RegisteredHost host = proxy.hosts().get(new Hostname(entrance.host()));
        return host == null ? RegisteredHost.UNSPECIFIED : host.address();
    }
}
