package dev.databasetraffic.rehearsal.plants;

import dev.databasetraffic.rehearsal.experiment.PlaceException;
import java.util.Map;

/** Reads the plants back, one way or another. */
@FunctionalInterface
public interface StoredPlants {

    /**
     * How many plants carry each name that starts with the prefix.
     *
     * @throws PlaceException if they could not be read completely
     */
    Map<String, Integer> count(String namePrefix) throws PlaceException;
}
