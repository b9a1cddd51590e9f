package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.rehearsal.page.Story.Moment;
import dev.databasetraffic.rehearsal.page.WriteHistory.Slice;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a page shows, for who has just opened it.
 *
 * @param outcomes in the order in which slices count them
 * @param says what was told while things were started
 */
record Snapshot(
        String title,
        List<String> outcomes,
        @Nullable Subject subject,
        @Nullable Offer offer,
        Tick tick,
        List<Moment> moments,
        List<String> log,
        List<String> says,
        List<String> rows,
        @Nullable Ending ending) {

    record Subject(String service, String address, String host) {}

    /** What can be switched, and does not change. */
    record Offer(List<OutageChoice> outages, SampleRequest sample, int mostRate) {}

    /**
     * What changes from second to second.
     *
     * @param now in ms since 1970, on the clock that all times here are of
     * @param slices of seconds that are over and were not told yet
     * @param drained when the last old connection will be closed; null if none is being drained
     */
    record Tick(
            long now,
            @Nullable Scene scene,
            List<Slice> slices,
            @Nullable Long drained,
            Set<String> inForce,
            int rate,
            RunState run) {}
}
