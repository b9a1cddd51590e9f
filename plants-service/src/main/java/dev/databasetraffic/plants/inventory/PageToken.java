package dev.databasetraffic.plants.inventory;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Where the next page starts, in a form that callers only hand back: a version and the last plant's id. It is no
 * secret, for it leads to nothing that a list would not show; anything but a token of this exact form is refused.
 */
final class PageToken {

    /** 17 bytes in Base64, the first of them 1, and no second spelling of the last. */
    static final String PATTERN = "^A[Q-Za-f][A-Za-z0-9_-]{20}[AEIMQUYcgkosw048]$";

    private static final Pattern FORM = Pattern.compile(PATTERN);
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
        if (FORM.matcher(token).matches()) {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            return HexFormat.of().formatHex(bytes, 1, bytes.length);
        }
        throw new PlantsException(Problem.INVALID_PAGE_TOKEN, "no page token of ours");
    }
}
