package dev.databasetraffic.channelguard;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Guards channels, each for itself, so that they work again within about a second of the end of an outage.
 *
 * <pre>{@code
 * ManagedChannel channel = ChannelGuard.on(Grpc.newChannelBuilder(target, credentials)).build();
 * }</pre>
 *
 * <p>Google's clients take the same line as their channel configurator, and so for each channel of their pool:
 * {@code setChannelConfigurator(ChannelGuard::on)}.
 *
 * <p>Immutable, and safe to use by any thread.
 */
public final class ChannelGuard {

    private static final ChannelGuard DEFAULT = builder().build();

    private final @Nullable String name;
    private final GuardSettings settings;
    private final Probe probe;
    private final List<GuardListener> listeners;
    private final @Nullable ScheduledExecutorService scheduler;

    private ChannelGuard(Builder builder) {
        this.name = builder.name;
        this.settings = builder.settings;
        this.probe = builder.probe;
        this.listeners = List.copyOf(builder.listeners);
        this.scheduler = builder.scheduler;
    }

    /**
     * The one line: guards what the builder builds, with defaults for everything.
     *
     * @param builder of the channel
     * @return a builder to go on with
     */
    public static GuardedChannelBuilder on(ManagedChannelBuilder<?> builder) {
        return DEFAULT.guard(builder);
    }

    /**
     * Begins a guard that differs from the default.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Guards what the builder builds.
     *
     * @param builder of the channel
     * @return a builder to go on with
     */
    public GuardedChannelBuilder guard(ManagedChannelBuilder<?> builder) {
        return new GuardedChannelBuilder(builder, this);
    }

    /**
     * Guards a channel that is there already, for calls that are made on what is returned.
     *
     * @param channel not guarded yet
     * @return the channel to use, and to shut down, instead
     */
    public GuardedChannel guard(ManagedChannel channel) {
        return new GuardedChannel(channel, this, null);
    }

    @Nullable
    String name() {
        return name;
    }

    GuardSettings settings() {
        return settings;
    }

    Probe probe() {
        return probe;
    }

    List<GuardListener> listeners() {
        return listeners;
    }

    @Nullable
    ScheduledExecutorService scheduler() {
        return scheduler;
    }

    /** Collects what is to differ from the default. Not thread-safe. */
    public static final class Builder {

        private @Nullable String name;
        private GuardSettings settings = GuardSettings.defaults();
        private Probe probe = Probe.healthCheck();
        private final List<GuardListener> listeners = new ArrayList<>();
        private @Nullable ScheduledExecutorService scheduler;

        private Builder() {}

        /**
         * Names the far side, for log lines and metrics.
         *
         * @param value instead of each channel's authority
         * @return this
         */
        public Builder name(String value) {
            name = Objects.requireNonNull(value, "name");
            return this;
        }

        /**
         * Sets the times.
         *
         * @param value instead of {@link GuardSettings#defaults()}
         * @return this
         */
        public Builder settings(GuardSettings value) {
            settings = Objects.requireNonNull(value, "settings");
            return this;
        }

        /**
         * Sets the call that asks the far side whether it is there.
         *
         * @param value instead of {@link Probe#healthCheck()}
         * @return this
         */
        public Builder probe(Probe value) {
            probe = Objects.requireNonNull(value, "probe");
            return this;
        }

        /**
         * Adds a listener.
         *
         * @param value told of every channel of this guard
         * @return this
         */
        public Builder listener(GuardListener value) {
            listeners.add(Objects.requireNonNull(value, "listener"));
            return this;
        }

        /**
         * Sets what looks at channels. It is not shut down with them.
         *
         * @param value instead of the one daemon thread that guards share
         * @return this
         */
        public Builder scheduler(ScheduledExecutorService value) {
            scheduler = Objects.requireNonNull(value, "scheduler");
            return this;
        }

        /**
         * Ends the collection.
         *
         * @return the guard
         */
        public ChannelGuard build() {
            return new ChannelGuard(this);
        }
    }
}
