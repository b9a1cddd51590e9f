package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.faults.Connections;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Which rows there are to be.
 *
 * @param clients in order
 * @param faults names; empty for all
 * @param connections what is to become of open connections, where the fault leaves a choice
 * @param outages how long each fault lasts
 * @param rate writes begun per second
 */
public record Plan(
        List<Client> clients, List<String> faults, Set<Connections> connections, List<Duration> outages, int rate) {

    /** A fault that knows one way with connections only is rehearsed that way, whichever was asked for. */
    boolean wants(Trouble trouble, Connections open) {
        return (faults.isEmpty() || faults.contains(trouble.name()))
                && trouble.connections().contains(open)
                && (trouble.connections().size() == 1 || connections.contains(open));
    }

    /** The faults asked for by name that are none of these. */
    List<String> notAmong(List<Trouble> possible) {
        List<String> names = possible.stream().map(Trouble::name).toList();
        return faults.stream().filter(name -> !names.contains(name)).toList();
    }
}
