package dev.databasetraffic.faults;

import dev.databasetraffic.kit.ThrowawayAuthority;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The way from a service to its database, with every joint at which a fault can be made: a relay of bytes that the service
 * dials, and behind it either the mesh, which leads to the database's own TLS front, or a relay of calls.
 */
public final class Wire implements AutoCloseable {

    private final FaultRelay relay;
    private final @Nullable CallRelay calls;
    private final InetSocketAddress mesh;
    private final List<Fault> faults;

    private Wire(FaultRelay relay, @Nullable CallRelay calls, InetSocketAddress mesh, List<Fault> faults) {
        this.relay = relay;
        this.calls = calls;
        this.mesh = mesh;
        this.faults = faults;
    }

    /**
     * What a wire lies between.
     *
     * @param port at which the service dials it, 0 for any free one
     * @param mesh where the database is reached as the service reaches it
     * @param database where it is reached in plain text
     * @param authority whom the service trusts; null if it does not begin with a TLS greeting
     * @param host whose name certificates carry
     * @param isWrite tells of a gRPC call, by its path, whether it writes; null if gRPC is not spoken
     */
    public record Ends(
            int port,
            InetSocketAddress mesh,
            InetSocketAddress database,
            @Nullable ThrowawayAuthority authority,
            String host,
            @Nullable Predicate<String> isWrite) {}

    /** Of gRPC over TLS, as {@link #start(Ends)} at any free port. */
    public static Wire start(
            InetSocketAddress mesh,
            InetSocketAddress database,
            ThrowawayAuthority authority,
            String host,
            Predicate<String> isWrite)
            throws IOException {
        return start(new Ends(0, mesh, database, authority, host, isWrite));
    }

    /**
     * Returns when it can be dialled.
     *
     * @throws IOException if it cannot listen
     */
    public static Wire start(Ends ends) throws IOException {
        ThrowawayAuthority authority = ends.authority();
        Predicate<String> isWrite = ends.isWrite();
        CallRelay calls = authority == null || isWrite == null
                ? null
                : CallRelay.start(authority.issue(ends.host()), ends.database());
        Fault.Needs most = calls != null ? Fault.Needs.GRPC : authority != null ? Fault.Needs.TLS : Fault.Needs.NOTHING;
        List<Fault> faults = Faults.all(
                        authority == null ? ThrowawayAuthority.create() : authority,
                        ends.host(),
                        isWrite == null ? path -> false : isWrite)
                .stream()
                .filter(fault -> fault.needs().compareTo(most) <= 0)
                .toList();
        try {
            return new Wire(FaultRelay.start(ends.port(), ends.mesh()), calls, ends.mesh(), faults);
        } catch (IOException e) {
            if (calls != null) {
                calls.close();
            }
            throw e;
        }
    }

    /** What the service dials. */
    public InetSocketAddress address() {
        return relay.address();
    }

    /** All faults that can be made here, one at a time: those whose {@link Fault#needs needs} are met. */
    public List<Fault> faults() {
        return faults;
    }

    /** The one of that name; {@link Faults} has them all. */
    public Fault fault(String name) {
        return faults.stream()
                .filter(fault -> fault.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no fault is called " + name));
    }

    /** Makes the healthy way lead through the mesh. Every connection is reset: none is left of an earlier fault. */
    public void prepare() {
        relay.onThread(() -> relay.leadTo(mesh));
    }

    /** Makes the healthy way ready for a fault. Every connection is reset: none is left of an earlier fault. */
    public void prepare(Fault fault) {
        relay.onThread(() -> relay.leadTo(fault.isAboutCalls() ? calls().address() : mesh));
    }

    /** Open connections are reset; new ones are not affected. */
    public void cut() {
        relay.onThread(relay::cutAll);
    }

    /** How many connections have been accepted and have not ended, as far as the relay has been told. */
    int connections() {
        AtomicInteger count = new AtomicInteger();
        relay.onThread(() -> count.set(relay.connections()));
        return count.get();
    }

    /** The fault is in force on return. */
    public void inject(Fault fault, Connections open) {
        relay.onThread(() -> begin(fault, open));
        relay.awaitSelection();
    }

    /**
     * The fault is over on return.
     *
     * @throws IOException if it is not, because the wire's port has become somebody else's
     */
    public void remove(Fault fault) throws IOException {
        relay.onThread(() -> end(fault));
        relay.awaitAccepting();
    }

    /** Ends its connections as well. */
    @Override
    public void close() {
        relay.close();
        if (calls != null) {
            calls.close();
        }
    }

    private CallRelay calls() {
        if (calls == null) {
            throw new IllegalStateException("gRPC is not spoken on this wire");
        }
        return calls;
    }

    private void begin(Fault fault, Connections open) {
        if (fault instanceof ConnectionFault ofConnections) {
            relay.inject(ofConnections, open);
            return;
        }
        if (open == Connections.CUT) {
            relay.cutAll();
        }
        calls().inject((CallFault) fault);
    }

    private void end(Fault fault) {
        if (fault instanceof ConnectionFault) {
            relay.heal();
        } else {
            calls().heal();
        }
    }
}
