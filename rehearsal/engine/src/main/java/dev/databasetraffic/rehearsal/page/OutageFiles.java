package dev.databasetraffic.rehearsal.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The outages that lie in a folder as manifests, explained by the comment that each begins with. */
public final class OutageFiles {

    private static final String BEGINNING = "Outage: ";
    private static final int PARAGRAPHS = 2;

    private OutageFiles() {}

    /** In the order of their names. */
    public static List<Path> of(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    /** Each choice with its file, in the order of their names. */
    static Map<OutageChoice, Path> in(Path folder) throws IOException {
        Map<OutageChoice, Path> choices = new LinkedHashMap<>();
        for (Path file : of(folder)) {
            choices.put(choice(file), file);
        }
        return choices;
    }

    /** @param file its path, as text; a line may follow */
    static String id(String file) {
        return file.replaceFirst("\\.[a-z]+(:\\d+)?$", "").replaceFirst("^.*[/\\\\]", "");
    }

    private static OutageChoice choice(Path file) throws IOException {
        List<String> paragraphs = paragraphs(Files.readAllLines(file));
        String first = paragraphs.isEmpty() ? id(file.toString()) : paragraphs.get(0);
        int end = first.indexOf(". ");
        String title = end < 0 ? first : first.substring(0, end);
        List<String> explanation = new ArrayList<>(paragraphs);
        if (!explanation.isEmpty()) {
            explanation.set(0, end < 0 ? "" : first.substring(end + 2));
        }
        return new OutageChoice(
                id(file.toString()),
                "mesh",
                title.startsWith(BEGINNING) ? title.substring(BEGINNING.length()) : title,
                explanation.stream()
                        .filter(text -> !text.isEmpty())
                        .limit(PARAGRAPHS)
                        .toList(),
                false);
    }

    private static List<String> paragraphs(List<String> lines) {
        List<String> paragraphs = new ArrayList<>();
        StringBuilder paragraph = new StringBuilder();
        for (String line : lines) {
            if (!line.startsWith("#")) {
                break;
            }
            String text = line.substring(1).trim();
            if (text.isEmpty() && paragraph.length() > 0) {
                paragraphs.add(paragraph.toString());
                paragraph.setLength(0);
            } else if (!text.isEmpty()) {
                paragraph.append(paragraph.length() == 0 ? "" : " ").append(text);
            }
        }
        if (paragraph.length() > 0) {
            paragraphs.add(paragraph.toString());
        }
        return paragraphs;
    }
}
