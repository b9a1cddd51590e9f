package dev.databasetraffic.bench;

import dev.databasetraffic.bench.load.OpenRequest;
import dev.databasetraffic.bench.running.DatabaseWire;
import java.time.Duration;
import java.util.UUID;

/** What is asked, and where the database is. */
enum OverloadScenario {
    ADD("add a plant", DatabaseWire.direct(), Callers.BUSY),
    GET("get a plant", DatabaseWire.direct(), Callers.BUSY),
    LIST("list 20 plants", DatabaseWire.direct(), Callers.BUSY),
    ADD_FAR("add a plant, database 20 ms away", DatabaseWire.delayed(Duration.ofMillis(20)), Callers.WAITING),
    ADD_INTERMITTENT(
            "add a plant, database there for 3 s and gone for 2 s",
            DatabaseWire.intermittent(Duration.ofSeconds(3), Duration.ofSeconds(2)),
            Callers.BUSY),
    HOLD("add a plant, while connections are held", DatabaseWire.direct(), Callers.BUSY);

    private final String text;
    private final DatabaseWire wire;
    private final int callers;

    /** @param callers at once when it is found out how much it can serve */
    OverloadScenario(String text, DatabaseWire wire, int callers) {
        this.text = text;
        this.wire = wire;
        this.callers = callers;
    }

    String text() {
        return text;
    }

    DatabaseWire wire() {
        return wire;
    }

    int callers() {
        return callers;
    }

    /** Which plants-service alone can be asked: its peers have nothing but POST. */
    boolean isRead() {
        return this == GET || this == LIST;
    }

    /** @param id of a plant that is there, if it is read */
    OpenRequest request(String id) {
        return switch (this) {
            case GET -> OpenRequest.get(id);
            case LIST -> OpenRequest.list(20);
            default -> OpenRequest.add("limit-" + UUID.randomUUID() + "-");
        };
    }

    /** So many at once that the service is busy, and so few that it refuses none. */
    private static final class Callers {

        static final int BUSY = 64;

        /** Where each waits for long. */
        static final int WAITING = 200;
    }
}
