package dev.databasetraffic.mesh.manifest;

/** Makes text from files fit for one line, in which nothing ends the line, moves a cursor or turns the writing round. */
public final class Printable {

    private Printable() {}

    /** The same text, with characters that cannot be seen spelled out. */
    public static String of(String text) {
        if (text.codePoints().allMatch(Printable::isSeen)) {
            return text;
        }
        StringBuilder printable = new StringBuilder();
        text.codePoints().forEach(character -> {
            if (isSeen(character)) {
                printable.appendCodePoint(character);
            } else {
                printable.append(character == '\n' ? "\\n" : String.format("\\u%04X", character));
            }
        });
        return printable.toString();
    }

    private static boolean isSeen(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
