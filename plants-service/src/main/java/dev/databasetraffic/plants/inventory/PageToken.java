package dev.databasetraffic.plants.inventory;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Where the next page starts, in a form that callers only hand back: a version and the last plant's id. It is no
 * secret, for it leads to nothing that a list would not show; anything but a token of this exact form is refused.
 */
final class PageToken {

    private static final byte VERSION = 1;
    private static final int ID_BYTES = 16;

    private PageToken() {}

    static String after(String id) {
        byte[] token = ByteBuffer.allocate(1 + ID_BYTES)
                .put(VERSION)
                .put(HexFormat.of().parseHex(id))
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    /** @throws PlantsException {@link Problem#INVALID_PAGE_TOKEN} if this service never made such a token */
    static String idOf(String token) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length == 1 + ID_BYTES && bytes[0] == VERSION) {
                String id = HexFormat.of().formatHex(bytes, 1, bytes.length);
                // Base64 has several spellings of the same bytes.
                if (after(id).equals(token)) {
                    return id;
                }
            }
        } catch (IllegalArgumentException notBase64) {
            // Refused below.
        }
        throw new PlantsException(Problem.INVALID_PAGE_TOKEN, "no page token of ours");
    }
}
