package dev.databasetraffic.plants.inventory;

import org.jspecify.annotations.Nullable;

/**
 * A plant that a caller wants added.
 *
 * @param name 1 to 100 code points without control characters
 * @param quantity 0 to 1,000,000; 1 when absent
 */
public record NewPlant(String name, @Nullable Integer quantity) {

    private static final int DEFAULT_QUANTITY = 1;

    /** The quantity to store. */
    public int quantityOrDefault() {
        return quantity == null ? DEFAULT_QUANTITY : quantity;
    }
}
