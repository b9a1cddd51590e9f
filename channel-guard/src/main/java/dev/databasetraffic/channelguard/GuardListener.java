package dev.databasetraffic.channelguard;

import io.grpc.Status;

/**
 * Is told what guards see and do; for metrics, tests and whoever wants to stop asking while the far side is away.
 *
 * <p>But for {@link #refused}, which runs in the caller's thread, methods run in the guard's scheduler, which all guards
 * may share: none may block. What one throws is logged and otherwise ignored.
 */
public interface GuardListener {

    /**
     * A channel is guarded from now on.
     *
     * @param channel the channel
     */
    default void started(GuardedChannel channel) {}

    /**
     * The state of a channel's guard changed.
     *
     * @param channel the channel
     * @param from what it was
     * @param to what it is from now on
     * @param reason for operators
     */
    default void changed(GuardedChannel channel, GuardState from, GuardState to, String reason) {}

    /**
     * A call was failed at once, because the far side is away; it was not sent. Or it was not even made, because {@link
     * GuardedChannel#refusal} told that it would be.
     *
     * @param channel the channel
     */
    default void refused(GuardedChannel channel) {}

    /**
     * The guard leaves the channel's connections, or attempts at one, to their end and has new ones made.
     *
     * @param channel the channel
     * @param reason for operators
     */
    default void reconnecting(GuardedChannel channel, String reason) {}

    /**
     * The far side was asked whether it is there.
     *
     * @param channel the channel
     * @param status how the {@link Probe} ended
     */
    default void probed(GuardedChannel channel, Status status) {}

    /**
     * A channel was shut down, and its guard has ended.
     *
     * @param channel the channel
     */
    default void stopped(GuardedChannel channel) {}
}
