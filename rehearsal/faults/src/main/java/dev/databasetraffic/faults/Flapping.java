package dev.databasetraffic.faults;

import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A second of health, a second of nothing, and so on: whenever it goes, connections are reset and new ones refused. */
final class Flapping implements ConnectionFault {

    private final Duration half;
    private boolean down;
    private @Nullable Future<?> ticks;

    Flapping(Duration half) {
        this.half = half;
    }

    @Override
    public String name() {
        return "flapping";
    }

    @Override
    public String seen() {
        return "reset and refused every other second";
    }

    @Override
    public void begin(Wire wire, Connections open) {
        ConnectionFault.super.begin(wire, open);
        down = false;
        if (open == Connections.CUT) {
            flip(wire.relay());
        }
        long millis = half.toMillis();
        ticks = wire.relay()
                .thread()
                .scheduleAtFixedRate(() -> flip(wire.relay()), millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void end(Wire wire) {
        if (ticks != null) {
            ticks.cancel(false);
        }
        ConnectionFault.super.end(wire);
    }

    @Override
    public void accepted(Link link) {
        link.leadOn();
    }

    private void flip(FaultRelay relay) {
        down = !down;
        if (down) {
            relay.stopListening();
            relay.cutAll();
        } else {
            relay.listen();
        }
    }
}
