package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.page.FollowedFile;
import dev.databasetraffic.rehearsal.page.Look;
import dev.databasetraffic.rehearsal.page.ServiceLog;
import dev.databasetraffic.rehearsal.page.Watched;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The system of a local place, as the page shows it. */
final class WatchedSystem implements Watched {

    private final LocalPlace place;
    private final LocalSystem system;
    private final LocalDefinition definition;
    private final Duration drain;
    private final RequestCount requests;

    WatchedSystem(LocalPlace place, LocalSystem system, LocalDefinition definition, Duration drain) {
        this.place = place;
        this.system = system;
        this.definition = definition;
        this.drain = drain;
        this.requests = new RequestCount(system.readiness());
    }

    @Override
    public String service() {
        return definition.service().name();
    }

    @Override
    public URI address() {
        return place.service();
    }

    @Override
    public String host() {
        return definition.database().host();
    }

    @Override
    public Duration drain() {
        return drain;
    }

    @Override
    public Look look() {
        Look.Replica replica = new Look.Replica(
                service(), "router", requests.get(), system.router().flows());
        return new Look(List.of(replica), system.router().rules());
    }

    @Override
    public ServiceLog log() throws IOException {
        Path log = system.serviceLog();
        if (log == null) {
            throw new IOException(service() + " was not started here, so that its log is elsewhere");
        }
        return new FollowedFile(log);
    }

    @Override
    public void onMeshEvent(Consumer<MeshEvent> listener) {
        place.onMeshEvent(listener);
    }
}
