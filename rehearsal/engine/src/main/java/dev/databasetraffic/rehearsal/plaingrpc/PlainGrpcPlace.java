package dev.databasetraffic.rehearsal.plaingrpc;

import dev.databasetraffic.channelguard.ChannelGuard;
import dev.databasetraffic.faults.Wire;
import dev.databasetraffic.kit.ThrowawayAuthority;
import dev.databasetraffic.kit.TlsTerminator;
import dev.databasetraffic.mesh.traffic.MeshEvent;
import dev.databasetraffic.rehearsal.experiment.AnswerPattern;
import dev.databasetraffic.rehearsal.experiment.Operation;
import dev.databasetraffic.rehearsal.experiment.Place;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.TlsChannelCredentials;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A plain service, the wire to its server, and the server behind TLS, in this process. Knows no manifests. */
public final class PlainGrpcPlace implements Place {

    private static final String HOST = "notes.example";

    /** Of the guard; what it has to say, the rows tell. Kept, or its level would be forgotten. */
    private static final Logger GUARD = Logger.getLogger("dev.databasetraffic.channelguard");

    private final NotesServer server;
    private final TlsTerminator front;
    private final Wire wire;
    private final NotesService service;

    private PlainGrpcPlace(boolean guarded) throws IOException {
        GUARD.setLevel(Level.OFF);
        ThrowawayAuthority authority = ThrowawayAuthority.create();
        X509Bundle identity = authority.issue(HOST);
        server = NotesServer.start();
        front = TlsTerminator.start(0, identity, server.address());
        wire = Wire.start(front.address(), server.address(), authority, HOST, NotesServer::isWrite);
        service = new NotesService(channel(wire.address(), identity.getRootCertificatePEM(), guarded));
    }

    /**
     * Starts everything; returns when the service answers.
     *
     * @param guarded whether its channel has a guard
     * @throws PlaceException if something does not start
     */
    public static PlainGrpcPlace open(boolean guarded) throws PlaceException {
        try {
            return new PlainGrpcPlace(guarded);
        } catch (IOException e) {
            throw new PlaceException("The plain gRPC service could not be started: " + e.getMessage() + ".", e);
        }
    }

    private static ManagedChannel channel(InetSocketAddress address, String authority, boolean guarded)
            throws IOException {
        ManagedChannelBuilder<?> builder = Grpc.newChannelBuilderForAddress(
                        address.getHostString(),
                        address.getPort(),
                        TlsChannelCredentials.newBuilder()
                                .trustManager(new ByteArrayInputStream(authority.getBytes(StandardCharsets.US_ASCII)))
                                .build())
                .overrideAuthority(HOST);
        return guarded ? ChannelGuard.on(builder).build() : builder.build();
    }

    @Override
    public String name() {
        return "local";
    }

    @Override
    public URI service() {
        return service.uri();
    }

    /** What is asked of the service, and what its answers mean. */
    public static Operation operation() {
        return new Operation(
                "note",
                null,
                new Operation.Request("POST", "/notes", Map.of("Idempotency-Key", "${key}"), null),
                List.of(new AnswerPattern(List.of(201), null)),
                List.of(new AnswerPattern(List.of(503), Map.of("outcome", "not-written"))),
                null,
                List.of(new AnswerPattern(List.of(504), Map.of("outcome", "unknown"))),
                "/type",
                true,
                null);
    }

    /** Where faults are made. */
    public Wire wire() {
        return wire;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("Java", Runtime.version().toString(), "Database", "a plain gRPC server, behind TLS as " + HOST);
    }

    @Override
    public void onMeshEvent(Consumer<MeshEvent> listener) {
        // There is no mesh.
    }

    @Override
    public void apply(Path outage) throws PlaceException {
        throw new PlaceException("There is no mesh here to hand " + outage + " to.");
    }

    @Override
    public void remove() {
        // Nothing can be applied.
    }

    @Override
    public Map<String, Integer> stored(String namePrefix) {
        return server.stored(namePrefix);
    }

    @Override
    public void close() {
        service.close();
        wire.close();
        front.close();
        server.close();
    }
}
