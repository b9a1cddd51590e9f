package dev.databasetraffic.faults;

import dev.databasetraffic.kit.Delay;
import java.time.Duration;

/** Every byte from the database arrives late by the same time, in order: TLS greetings, HTTP/2 settings, answers, ends. */
final class Latency implements ConnectionFault {

    private final Duration delay;

    Latency(Duration delay) {
        this.delay = delay;
    }

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public String seen() {
        return "every answer " + delay.toSeconds() + " s late";
    }

    @Override
    public void accepted(Link link) {
        link.leadOn(this::left);
    }

    @Override
    public void left(Link link) {
        if (link.server() != null) {
            link.client().pipeline().addFirst(new Delay(delay));
        }
    }

    @Override
    public void ended(Link link) {
        if (link.client().pipeline().get(Delay.class) != null) {
            link.client().pipeline().remove(Delay.class);
        }
    }
}
