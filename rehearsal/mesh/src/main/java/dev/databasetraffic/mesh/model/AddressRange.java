package dev.databasetraffic.mesh.model;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses and ranges of them in CIDR notation. */
public record AddressRange(BigInteger prefix, int bits, int length) {

    /** @return null if it is neither an address nor a range */
    static @Nullable AddressRange of(String text) {
        String[] parts = text.split("/", 2);
        // A name would be looked up in DNS; an address has only these characters.
        if (!parts[0].matches("[0-9a-fA-F:.]+") || parts[0].matches("[0-9a-fA-F]+")) {
            return null;
        }
        try {
            byte[] address = InetAddress.getByName(parts[0]).getAddress();
            int bits = address.length * 8;
            int length = parts.length == 1 ? bits : Integer.parseInt(parts[1]);
            return new AddressRange(new BigInteger(1, address), bits, length);
        } catch (UnknownHostException | NumberFormatException e) {
            return null;
        }
    }

    boolean contains(AddressRange address) {
        return bits == address.bits
                && prefix.shiftRight(bits - length).equals(address.prefix.shiftRight(bits - length));
    }

    /** The length of the longest of the ranges that the address is in: 0 if there are no ranges, -1 if it is in none. */
    static int longest(List<String> ranges, String address) {
        // First, as a router asks for every connection, and mostly of none.
        if (ranges.isEmpty()) {
            return 0;
        }
        AddressRange single = of(address);
        return ranges.stream()
                .map(AddressRange::of)
                .mapToInt(range -> range != null && single != null && range.contains(single) ? range.length() : -1)
                .max()
                .orElse(-1);
    }

    /** Whether it is an address that one of the ranges has. */
    public static boolean isIn(List<String> ranges, String address) {
        return !ranges.isEmpty() && longest(ranges, address) >= 0;
    }

    /** Whether it is one address, and one that somebody has. */
    public static boolean isAddress(String text) {
        AddressRange range = of(text);
        return range != null && range.length() == range.bits() && range.prefix().signum() != 0;
    }

    /** A range of one address as that address. */
    static String withoutFullMask(String text) {
        AddressRange range = of(text);
        return range != null && text.contains("/") && range.length() == range.bits()
                ? text.substring(0, text.indexOf('/'))
                : text;
    }
}
