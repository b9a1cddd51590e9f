package dev.databasetraffic.plants.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the inventory, in the order of the ids.
 *
 * @param plants the plants of this page
 * @param nextPageToken give it as {@code pageToken} to get the next page; absent on the last page
 */
public record PlantPage(List<Plant> plants, @Nullable String nextPageToken) {

    /** The page of so many plants out of those found, one more than which were asked for. */
    public static PlantPage of(List<Plant> found, int pageSize) {
        return found.size() <= pageSize
                ? new PlantPage(found, null)
                : new PlantPage(
                        found.subList(0, pageSize),
                        PageToken.after(found.get(pageSize - 1).id()));
    }
}
