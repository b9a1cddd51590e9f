package dev.databasetraffic.plants.inventory;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A plant of the inventory.
 *
 * @param id chosen by this service, 32 hexadecimal digits
 * @param name what the caller calls it
 * @param quantity how many there are
 * @param createdAt when it was first written, to the microsecond
 */
public record Plant(String id, String name, int quantity, Instant createdAt) {

    static final String ID_PATTERN = "^[0-9a-f]{32}$";

    private static final Pattern ID = Pattern.compile(ID_PATTERN);

    /** Whether this could be the id of a plant. */
    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }
}
