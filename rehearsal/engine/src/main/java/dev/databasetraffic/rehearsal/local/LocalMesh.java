package dev.databasetraffic.rehearsal.local;

import dev.databasetraffic.kit.ThrowawayAuthority;
import dev.databasetraffic.kit.TlsTerminator;
import dev.databasetraffic.mesh.admission.AdmissionControl;
import dev.databasetraffic.mesh.manifest.Manifest;
import dev.databasetraffic.mesh.manifest.ManifestException;
import dev.databasetraffic.mesh.manifest.ManifestReader;
import dev.databasetraffic.mesh.model.Hostname;
import dev.databasetraffic.mesh.model.MeshModel;
import dev.databasetraffic.mesh.model.MeshOptions;
import dev.databasetraffic.mesh.model.RegisteredHost;
import dev.databasetraffic.mesh.model.Workload;
import dev.databasetraffic.mesh.router.Endpoints;
import dev.databasetraffic.mesh.router.Router;
import dev.databasetraffic.mesh.router.RouterOptions;
import dev.databasetraffic.mesh.router.RouterOptions.Entrance;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.experiment.DatabaseUnderTest;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import dev.databasetraffic.rehearsal.experiment.PlaceOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The sidecar's part: a router over the healthy manifests and the outages, and where TLS ends the database's end of it. */
record LocalMesh(Router router, @Nullable TlsTerminator front, List<String> notes) implements AutoCloseable {

    /** Well below the second within which a rule takes effect in a cluster. */
    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * Returns when it listens.
     *
     * @param database where the database answers
     * @param echo who answers for where outages lead
     * @param events told of each event
     * @throws PlaceException if a manifest cannot be read, or it cannot listen
     */
    static LocalMesh start(
            LocalDefinition definition,
            PlaceOptions options,
            RunFolder folder,
            InetSocketAddress database,
            ThrowawayAuthority authority,
            Endpoints echo,
            Consumer<MeshEvent> events)
            throws PlaceException {
        DatabaseUnderTest target = definition.database();
        Workload workload =
                new Workload(definition.mesh().namespace(), definition.mesh().labelsOrEmpty());
        TlsTerminator front = null;
        try {
            List<String> notes = new ArrayList<>();
            List<Path> manifests = manifests(definition, options, folder, workload, notes);
            front = target.isTls() ? TlsTerminator.start(0, authority.issue(target.host()), database) : null;
            Router router = Router.start(new RouterOptions(
                    List.of(new Entrance(0, target.host(), target.port())),
                    manifests,
                    folder.outages(),
                    POLL,
                    options.drain(),
                    workload,
                    MeshOptions.DEFAULTS,
                    echo.with(target.host(), target.port(), front == null ? database : front.address()),
                    events,
                    options.says()));
            return new LocalMesh(router, front, notes);
        } catch (ManifestException e) {
            throw failed(front, new PlaceException(String.valueOf(e.getMessage()), e));
        } catch (IOException e) {
            throw failed(front, new PlaceException("The router could not be started: " + e.getMessage() + ".", e));
        }
    }

    private static PlaceException failed(@Nullable TlsTerminator front, PlaceException failure) {
        if (front != null) {
            front.close();
        }
        return failure;
    }

    /** Those of the experiment, and what it leaves out: where outages lead, and the database itself. */
    private static List<Path> manifests(
            LocalDefinition definition, PlaceOptions options, RunFolder folder, Workload workload, List<String> notes)
            throws ManifestException, IOException {
        List<Path> paths = new ArrayList<>(definition.manifests());
        List<Manifest> known =
                AdmissionControl.admit(new ManifestReader().read(paths).orThrow());
        if (known.stream().noneMatch(EchoProcess::isService)) {
            paths.add(options.home().resolve("k8s").resolve("echo.yaml"));
        }
        if (!declares(known, workload, definition.database())) {
            paths.add(Files.writeString(folder.path().resolve("database.yaml"), entry(definition)));
            notes.add(
                    "No manifest declares " + definition.database().host() + ":"
                            + definition.database().port() + " to namespace " + workload.namespace()
                            + ", so the rehearsal's mesh knows it by an entry of its own. In a cluster it takes a ServiceEntry.");
        }
        return paths;
    }

    private static boolean declares(List<Manifest> known, Workload workload, DatabaseUnderTest database) {
        RegisteredHost host = MeshModel.of(known, MeshOptions.DEFAULTS)
                .sidecar(workload)
                .hosts()
                .get(new Hostname(database.host()));
        return host != null && host.ports().stream().anyMatch(port -> port.number() == database.port());
    }

    private static String entry(LocalDefinition definition) {
        String protocol = definition.database().isTls() ? "TLS" : "TCP";
        return """
                apiVersion: networking.istio.io/v1
                kind: ServiceEntry
                metadata:
                  name: rehearsed-database
                  namespace: %s
                spec:
                  hosts: [%s]
                  location: MESH_EXTERNAL
                  resolution: DNS
                  ports:
                    - {number: %d, name: database, protocol: %s}
                """.formatted(
                        definition.mesh().namespace(),
                        definition.database().host(),
                        definition.database().port(),
                        protocol);
    }

    /** What the service dials, if no fault is to be made on the way. */
    InetSocketAddress address() {
        return router.address();
    }

    @Override
    public void close() {
        router.close();
        if (front != null) {
            front.close();
        }
    }
}
