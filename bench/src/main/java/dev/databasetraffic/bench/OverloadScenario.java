package dev.databasetraffic.bench;

import dev.databasetraffic.bench.load.OpenRequest;
import dev.databasetraffic.bench.running.DatabaseWire;
import java.time.Duration;
import java.util.UUID;

/** What is asked, and where the database is. */
enum OverloadScenario {
    ADD("add a plant", DatabaseWire.direct()),
    GET("get a plant", DatabaseWire.direct()),
    LIST("list 20 plants", DatabaseWire.direct()),
    ADD_FAR("add a plant, database 20 ms away", DatabaseWire.delayed(Duration.ofMillis(20))),
    ADD_INTERMITTENT(
            "add a plant, database there for 3 s and gone for 2 s", Duration.ofSeconds(3), Duration.ofSeconds(2)),
    HOLD("add a plant, while connections are held", DatabaseWire.direct());

    /** So many at once that the service is busy, and half of what it takes on, so that none is refused. */
    static final int CALLERS = 128;

    private final String text;
    private final DatabaseWire wire;
    private final Duration there;
    private final Duration gone;

    OverloadScenario(String text, DatabaseWire wire) {
        this(text, wire, Duration.ofSeconds(1), Duration.ZERO);
    }

    OverloadScenario(String text, Duration there, Duration gone) {
        this(text, DatabaseWire.intermittent(there, gone), there, gone);
    }

    OverloadScenario(String text, DatabaseWire wire, Duration there, Duration gone) {
        this.text = text;
        this.wire = wire;
        this.there = there;
        this.gone = gone;
    }

    String text() {
        return text;
    }

    DatabaseWire wire() {
        return wire;
    }

    /** For what part of the time there is a way to the database: 0 to 1. */
    double there() {
        return (double) there.toMillis() / there.plus(gone).toMillis();
    }

    /** No shorter than that, and so long that the database is there for its part of it, whenever it begins. */
    Duration atLeast(Duration duration) {
        long turn = there.plus(gone).toMillis();
        return Duration.ofMillis((duration.toMillis() + turn - 1) / turn * turn);
    }

    /** Whether it leaves nothing in the database. */
    boolean isRead() {
        return this == GET || this == LIST;
    }

    /** Whether plants-service's peers are asked as well, which have nothing but POST. */
    boolean isOfPeers() {
        return this == ADD || this == HOLD;
    }

    /** @param id of a plant that is there, if it is read */
    OpenRequest request(String id) {
        return switch (this) {
            case GET -> OpenRequest.get(id);
            case LIST -> OpenRequest.list(20);
            default -> OpenRequest.add("limit-" + UUID.randomUUID() + "-");
        };
    }
}
