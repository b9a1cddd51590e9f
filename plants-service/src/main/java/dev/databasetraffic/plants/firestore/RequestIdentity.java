package dev.databasetraffic.plants.firestore;

import com.google.common.hash.Hashing;
import dev.databasetraffic.plants.inventory.NewPlant;
import dev.databasetraffic.plants.inventory.PlantsException;
import dev.databasetraffic.plants.inventory.Problem;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What makes a request to add a plant recognisable in the database: where it writes and what it leaves there.
 *
 * <p>With an idempotency key both follow from the request alone, so its repetition, through any instance and after any
 * restart, meets the document of the first, and the token tells whether that asked for the same.
 *
 * @param documentId 32 hexadecimal digits
 * @param token 32 hexadecimal digits
 */
record RequestIdentity(String documentId, String token) {

    private static final int BYTES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();

    static RequestIdentity of(NewPlant plant, @Nullable String idempotencyKey) {
        return idempotencyKey == null
                ? random()
                : new RequestIdentity(
                        digest("key:" + idempotencyKey), digest("body:" + plant.quantity() + ":" + plant.name()));
    }

    /**
     * Recognises the document that is in the way as this request's own.
     *
     * @param storedToken the document's token; empty if it has none
     */
    void requireOwn(String storedToken, boolean isDeleted) {
        if (!storedToken.equals(token)) {
            throw new PlantsException(Problem.KEY_REUSED, "another request's document has this id");
        }
        if (isDeleted) {
            throw new PlantsException(Problem.PLANT_DELETED, "its tombstone has this id");
        }
    }

    /** An identity that no other request has. */
    static RequestIdentity random() {
        byte[] bytes = new byte[BYTES * 2];
        RANDOM.nextBytes(bytes);
        HexFormat hex = HexFormat.of();
        return new RequestIdentity(hex.formatHex(bytes, 0, BYTES), hex.formatHex(bytes, BYTES, BYTES * 2));
    }

    private static String digest(String text) {
        return Hashing.sha256()
                .hashString(text, StandardCharsets.UTF_8)
                .toString()
                .substring(0, BYTES * 2);
    }
}
