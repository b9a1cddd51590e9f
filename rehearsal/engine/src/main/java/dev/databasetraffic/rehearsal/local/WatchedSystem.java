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

    private static final String SERVICE = "plants";

    private final LocalPlace place;
    private final LocalSystem system;
    private final Duration drain;
    private final Path log;
    private final String host;
    private final RequestCount requests;

    /** @param log the service's */
    WatchedSystem(LocalPlace place, LocalSystem system, String host, Duration drain, Path log) {
        this.place = place;
        this.system = system;
        this.host = host;
        this.drain = drain;
        this.log = log;
        this.requests = new RequestCount(place.management());
    }

    @Override
    public String service() {
        return SERVICE;
    }

    @Override
    public URI address() {
        return place.service();
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public Duration drain() {
        return drain;
    }

    @Override
    public Look look() throws InterruptedException {
        Look.Replica replica = new Look.Replica(
                SERVICE, "router", requests.get(), system.router().flows());
        return new Look(List.of(replica), system.router().rules());
    }

    @Override
    public ServiceLog log() throws IOException {
        return new FollowedFile(log);
    }

    @Override
    public void onMeshEvent(Consumer<MeshEvent> listener) {
        place.onMeshEvent(listener);
    }
}
