package dev.databasetraffic.mesh.manifest;

/** Makes text from files fit for one line at a terminal, where a line end in it could pass for a line of ours. */
public final class Printable {

    private Printable() {}

    /** The same text, with control characters spelled out. */
    public static String of(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder printable = new StringBuilder();
        text.chars().forEach(c -> {
            if (c == '\n') {
                printable.append("\\n");
            } else if (Character.isISOControl(c)) {
                printable.append(String.format("\\u%04X", c));
            } else {
                printable.append((char) c);
            }
        });
        return printable.toString();
    }
}
