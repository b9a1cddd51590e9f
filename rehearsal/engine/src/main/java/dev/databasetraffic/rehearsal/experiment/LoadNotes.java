package dev.databasetraffic.rehearsal.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a reader must know of a load that was not what the experiment asks for, and whose doing that was. */
final class LoadNotes {

    private LoadNotes() {}

    static List<String> of(Experiment.Load asked, @Nullable LoadFigures load, int notSent) {
        List<String> said = new ArrayList<>();
        if (notSent > 0) {
            said.add(String.format(
                    Locale.ROOT,
                    "%,d writes were not sent, because load.concurrency (%,d) writes were in flight: raise it, or lower"
                            + " load.rate, to see what their callers would have got.",
                    notSent,
                    asked.concurrency()));
        }
        if (load != null && load.cameLate()) {
            said.add(load.limit() + ", not the service, was the limit: " + load.punctuality() + ", and " + load.shares()
                    + ". Lower load.rate, or give the rehearsal a machine with less on it.");
        } else if (load != null && notSent > 0) {
            said.add("The service was the limit, not the load: " + load.punctuality() + ", and " + load.shares() + ".");
        }
        return said;
    }
}
