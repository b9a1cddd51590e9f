package dev.databasetraffic.faults;

import io.netty.util.concurrent.Future;
import java.time.Duration;
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
    public void begin(Gate gate, Connections open) {
        down = false;
        if (open == Connections.CUT) {
            flip(gate);
        }
        ticks = gate.every(half, () -> flip(gate));
    }

    @Override
    public void end() {
        if (ticks != null) {
            ticks.cancel(false);
        }
    }

    @Override
    public void accepted(Link link) {
        link.leadOn();
    }

    private void flip(Gate gate) {
        down = !down;
        if (down) {
            gate.refuse();
            gate.cutAll();
        } else {
            gate.accept();
        }
    }
}
