package dev.databasetraffic.mesh.admission;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IP addresses and ranges, as Go's {@code netip} reads them. */
final class Addresses {

    private static final Pattern V4 = Pattern.compile(
            "(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])(\\.(0|[1-9][0-9]?|1[0-9]{2}|2[0-4][0-9]|25[0-5])){3}");
    private static final Pattern GROUP = Pattern.compile("[0-9A-Fa-f]{1,4}");
    private static final Pattern RANGE = Pattern.compile("([^/]*)/(0|[1-9][0-9]{0,2})");

    private Addresses() {}

    static boolean isAddress(String text) {
        if (!text.contains(":")) {
            return V4.matcher(text).matches();
        }
        int zone = text.indexOf('%');
        return isV6(zone < 0 ? text : text.substring(0, zone)) && zone != text.length() - 1;
    }

    /** An address, or a range as {@code 10.0.0.0/8}. */
    static boolean isAddressOrRange(String text) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            return isAddress(text);
        }
        String address = range.group(1);
        int bits = Integer.parseInt(range.group(2));
        return isAddress(address) && !address.contains("%") && bits <= (address.contains(":") ? 128 : 32);
    }

    private static boolean isV6(String text) {
        int gap = text.indexOf("::");
        String before = gap < 0 ? text : text.substring(0, gap);
        String after = gap < 0 ? "" : text.substring(gap + 2);
        int groups = groups(before, gap < 0) + (gap < 0 ? 0 : groups(after, true));
        return gap < 0 ? groups == 8 : groups >= 0 && groups <= 7;
    }

    /** How many groups of 16 bits there are; far below zero if one is none. */
    private static int groups(String text, boolean last) {
        if (text.isEmpty()) {
            return 0;
        }
        String[] parts = text.split(":", -1);
        int count = 0;
        for (int i = 0; i < parts.length; i++) {
            boolean embedded =
                    last && i == parts.length - 1 && V4.matcher(parts[i]).matches();
            if (!embedded && !GROUP.matcher(parts[i]).matches()) {
                return Integer.MIN_VALUE / 2;
            }
            count += embedded ? 2 : 1;
        }
        return count;
    }
}
