package dev.databasetraffic.plants.inventory;

/** Whether it is known, before anything is sent, that the database would not be reached. */
@FunctionalInterface
public interface KnownAbsence {

    /** Costs next to nothing: it is asked for each request. */
    boolean isNow();
}
