package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.mesh.traffic.RuleInForce;
import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.util.List;
import java.util.Set;

/** What can be switched from the page. Each call may take a while, and comes from any thread. */
public interface Controls extends AutoCloseable {

    List<OutageChoice> outages();

    /**
     * The outages that are in force, by id. Unlike the others, it returns at once.
     *
     * @param rules those that the mesh has now, whoever applied them
     */
    Set<String> inForce(List<RuleInForce> rules);

    /**
     * Begins an outage, in place of another.
     *
     * @param cut whether open connections are reset, where there is a choice
     * @return what a reader must know of it, a sentence each
     * @throws PlaceException if it cannot be brought about
     */
    List<String> begin(String id, boolean cut) throws PlaceException;

    /**
     * Ends every outage.
     *
     * @throws PlaceException if one cannot be removed; the message says how to, by hand
     */
    void end() throws PlaceException;

    /** Writes begun per second. */
    int rate();

    /** @param perSecond from 0 to {@link dev.databasetraffic.rehearsal.experiment.LiveLoad#MOST} */
    void setRate(int perSecond);

    SampleRequest sample();

    @Override
    void close();
}
