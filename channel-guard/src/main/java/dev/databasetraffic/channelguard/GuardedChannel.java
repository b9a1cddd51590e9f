package dev.databasetraffic.channelguard;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A channel with its guard; for callers a channel like any other. The guard ends when the channel is shut down, whichever
 * way.
 *
 * <p>While the far side is known to be away, calls fail at once with {@link Status.Code#UNAVAILABLE}, unsent; those that
 * {@link CallOptions#isWaitForReady() wait for readiness} wait. Interceptors of the guarded channel do not see calls that
 * were failed. All methods may be called by any thread.
 */
public final class GuardedChannel extends ManagedChannel {

    private final ManagedChannel channel;
    private final String name;
    private final Executor executor;
    private final Circuit circuit = new Circuit();
    private final Witness witness;
    private final Watch watch;
    private final Reporter reporter;
    private final Schedule schedule;

    /** @param executor tells callers of failures, unless they bring their own */
    GuardedChannel(ManagedChannel channel, ChannelGuard guard, @Nullable Executor executor) {
        AddressRotation.install();
        this.channel = channel;
        this.name = guard.name() == null ? channel.authority() : guard.name();
        this.executor = executor == null ? ForkJoinPool.commonPool() : executor;
        this.witness = new Witness(guard.settings().patience().toNanos(), System::nanoTime);
        this.reporter = new Reporter(this, name, guard.listeners());
        ScheduledExecutorService own = guard.scheduler();
        ScheduledExecutorService scheduler = own == null ? SharedScheduler.acquire() : own;
        this.watch = new Watch(
                channel, guard.settings(), guard.probe(), circuit, witness, reporter, scheduler, System::nanoTime);
        this.schedule = new Schedule(this, own == null ? SharedScheduler::release : () -> {});
        reporter.started();
        schedule.start(scheduler, guard.settings().interval());
    }

    /**
     * What log lines and metrics call the far side.
     *
     * @return the guard's name, or the channel's authority if it has none
     */
    public String name() {
        return name;
    }

    /**
     * What the guard knows.
     *
     * @return the state now
     */
    public GuardState guardState() {
        return circuit.state();
    }

    /**
     * Why the far side is taken to be away, and since when; for whoever looks on, such as a health check.
     *
     * @return empty while the far side is there as far as is known
     */
    public Optional<Absence> absence() {
        return Optional.ofNullable(circuit.absence());
    }

    /**
     * Why a call would be failed at once now; for whoever would rather not prepare one in vain. To the guard it is a call: it
     * counts as one that was refused, and a guard that is asked does not {@link GuardSettings#rest rest}.
     *
     * @return empty if a call would go its way
     */
    public Optional<Absence> refusal() {
        Absence known = circuit.refusal();
        if (known != null) {
            reporter.refused();
        }
        return Optional.ofNullable(known);
    }

    void look() {
        if (!watch.look()) {
            end();
        }
    }

    private void end() {
        if (schedule.end()) {
            circuit.close();
            AddressRotation.forget(channel.authority());
            reporter.stopped();
        }
    }

    @Override
    public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
        Status refusal = circuit.refusal(options);
        if (refusal == null) {
            return channel.newCall(method, witness.follow(options));
        }
        reporter.refused();
        Executor callers = options.getExecutor();
        return new RefusedCall<>(refusal, callers == null ? executor : callers);
    }

    @Override
    public String authority() {
        return channel.authority();
    }

    @Override
    public ManagedChannel shutdown() {
        // Before the channel, or a look could find that shut down and still be at it when this returns.
        end();
        channel.shutdown();
        return this;
    }

    @Override
    public ManagedChannel shutdownNow() {
        end();
        channel.shutdownNow();
        return this;
    }

    @Override
    public boolean isShutdown() {
        return channel.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return channel.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return channel.awaitTermination(timeout, unit);
    }

    @Override
    public ConnectivityState getState(boolean requestConnection) {
        return channel.getState(requestConnection);
    }

    @Override
    public void notifyWhenStateChanged(ConnectivityState source, Runnable callback) {
        channel.notifyWhenStateChanged(source, callback);
    }

    @Override
    public void resetConnectBackoff() {
        channel.resetConnectBackoff();
    }

    @Override
    public void enterIdle() {
        channel.enterIdle();
    }
}
