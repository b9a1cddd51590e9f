package dev.databasetraffic.mesh.router;

import dev.databasetraffic.mesh.traffic.Flow;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** What goes where, counted since the start. Written by the router's thread, read by any. */
final class Tallies {

    private final Map<String, Tally> tallies = new ConcurrentSkipListMap<>();

    Tally of(String host, Way way) {
        return tallies.computeIfAbsent(host + " " + way.target(), key -> new Tally(host, way.target()));
    }

    List<Flow> flows() {
        return tallies.values().stream().map(Tally::flow).toList();
    }
}
