package dev.databasetraffic.plants.inventory;

import java.time.Instant;

/**
 * A plant of the inventory.
 *
 * @param id chosen by this service, 32 hexadecimal digits
 * @param name what the caller calls it
 * @param quantity how many there are
 * @param createdAt when it was first written, to the microsecond
 */
public record Plant(String id, String name, int quantity, Instant createdAt) {}
