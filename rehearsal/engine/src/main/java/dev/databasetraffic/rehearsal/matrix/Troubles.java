package dev.databasetraffic.rehearsal.matrix;

import dev.databasetraffic.faults.Fault;
import java.util.ArrayList;
import java.util.List;

/** All that can be rehearsed: the faults of the wire, and those of what lies at its ends. */
final class Troubles {

    private Troubles() {}

    static List<Trouble> of(List<Fault> faults) {
        List<Trouble> troubles = new ArrayList<>();
        faults.forEach(fault -> troubles.add(new Trouble.OnTheWire(fault)));
        Fault refused = faults.stream()
                .filter(fault -> fault.name().equals("refused"))
                .findFirst()
                .orElseThrow();
        troubles.add(new Crash(refused));
        troubles.add(new NameForgotten());
        troubles.add(new TokensCut(false));
        troubles.add(new TokensCut(true));
        return troubles;
    }
}
