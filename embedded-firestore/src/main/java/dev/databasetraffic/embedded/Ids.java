package dev.databasetraffic.embedded;

import java.security.SecureRandom;
import java.util.Comparator;
import java.util.random.RandomGenerator;

/** Ids of collections and documents: what they may be, and how they sort. */
final class Ids {

    /** As UTF-8 bytes sort, unlike {@link String#compareTo}, which puts surrogates before U+E000. */
    static final Comparator<String> BY_CODE_POINT = Ids::compareCodePoints;

    /** {@code __id7__} is the number 7; numbers come first. */
    static final Comparator<String> ORDER = Ids::compareIds;

    private static final int RANDOM_LENGTH = 20;
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final RandomGenerator RANDOM = new SecureRandom();
    private static final String RESERVED = "__";
    private static final String NUMBER = "__id";

    private Ids() {}

    /** What the client libraries make too when they choose an id. */
    static String random() {
        return RANDOM.ints(RANDOM_LENGTH, 0, ALPHABET.length())
                .collect(StringBuilder::new, (id, i) -> id.append(ALPHABET.charAt(i)), StringBuilder::append)
                .toString();
    }

    static boolean isReserved(String id) {
        return id.length() > 4 && id.startsWith(RESERVED) && id.endsWith(RESERVED);
    }

    static boolean isRelative(String id) {
        return id.equals(".") || id.equals("..");
    }

    static void checkCollection(String id) {
        checkNoSlash("Collection", id);
        if (isReserved(id) || isRelative(id)) {
            throw StatusExceptions.invalid("Collection id \"" + id + "\" is invalid because it is reserved.");
        }
    }

    static void checkDocument(String id) {
        checkNoSlash("Resource", id);
        if (isReserved(id) && !isNumber(id) || isRelative(id)) {
            throw StatusExceptions.invalid("Resource id \"" + id + "\" is invalid because it is reserved.");
        }
    }

    private static void checkNoSlash(String kind, String id) {
        if (id.indexOf('/') >= 0) {
            throw StatusExceptions.invalid(kind + " id \"" + id + "\" is invalid because it contains \"/\".");
        }
    }

    private static boolean isNumber(String id) {
        if (!id.startsWith(NUMBER) || !id.endsWith(RESERVED)) {
            return false;
        }
        try {
            number(id);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static long number(String id) {
        return Long.parseLong(id, NUMBER.length(), id.length() - RESERVED.length(), 10);
    }

    private static int compareIds(String left, String right) {
        boolean leftNumber = isNumber(left);
        boolean rightNumber = isNumber(right);
        if (leftNumber && rightNumber) {
            return Long.compare(number(left), number(right));
        }
        return leftNumber != rightNumber ? (leftNumber ? -1 : 1) : compareCodePoints(left, right);
    }

    private static int compareCodePoints(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean sameKind = Character.isSurrogate(a) == Character.isSurrogate(b);
                return sameKind ? Character.compare(a, b) : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
