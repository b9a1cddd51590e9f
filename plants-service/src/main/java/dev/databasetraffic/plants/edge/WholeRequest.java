package dev.databasetraffic.plants.edge;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How far a request reaches, for who answers it unread. */
final class WholeRequest {

    private static final String END_OF_LINE = "\r\n";
    private static final String END_OF_HEAD = END_OF_LINE + END_OF_LINE;
    private static final String LENGTH = END_OF_LINE + "content-length:";

    /** An answer to HEAD has no body. */
    private static final List<String> METHODS = List.of("get ", "post ", "put ", "patch ", "delete ");

    /** What lets the end of a request, or of its connection, depend on more than a length. */
    private static final List<String> NOT_AT_A_GLANCE = Stream.of(
                    "transfer-encoding", "expect", "upgrade", "connection")
            .map(END_OF_LINE::concat)
            .toList();

    private static final Pattern USUAL_LENGTH = Pattern.compile("[0-9]{1,5}");

    private WholeRequest() {}

    /**
     * Whether these bytes are one request and all of it, so that its connection can be used again once it is answered.
     * Where that cannot be told at a glance, they are not.
     *
     * @param bytes as ISO-8859-1
     */
    static boolean is(String bytes) {
        int end = bytes.indexOf(END_OF_HEAD);
        if (end < 0) {
            return false;
        }
        String head = bytes.substring(0, end).toLowerCase(Locale.ROOT);
        int first = head.indexOf(END_OF_LINE);
        return METHODS.stream().anyMatch(head::startsWith)
                && first > 0
                && head.startsWith(" http/1.1", first - " http/1.1".length())
                && NOT_AT_A_GLANCE.stream().noneMatch(head::contains)
                && end + END_OF_HEAD.length() + length(head) == bytes.length();
    }

    /** Whether it is for that resource or one below it; of one that {@link #is} whole. */
    static boolean isFor(String path, String bytes) {
        int begin = bytes.indexOf(' ') + 1;
        return bytes.startsWith(path, begin) && " /?".indexOf(bytes.charAt(begin + path.length())) >= 0;
    }

    /** Of the body; -1, which none has, if it is told in a way that is not usual. */
    private static int length(String head) {
        int at = head.indexOf(LENGTH);
        if (at < 0) {
            return 0;
        }
        int end = head.indexOf(END_OF_LINE, at + LENGTH.length());
        String value = head.substring(at + LENGTH.length(), end < 0 ? head.length() : end)
                .strip();
        boolean usual = USUAL_LENGTH.matcher(value).matches() && head.indexOf(LENGTH, at + 1) < 0;
        return usual ? Integer.parseInt(value) : -1;
    }
}
