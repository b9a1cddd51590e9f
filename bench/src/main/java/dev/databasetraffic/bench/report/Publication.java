package dev.databasetraffic.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where the results of a run go: a folder of JSON, Markdown and SVG, and a section of a page. */
public final class Publication {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Path folder;

    /** @param folder is made if it is not there */
    public Publication(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    public void json(String name, Object results) throws IOException {
        Files.writeString(folder.resolve(name + ".json"), JSON.writeValueAsString(results) + "\n");
    }

    public void markdown(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name + ".md"), text + "\n");
    }

    public void svg(String name, String picture) throws IOException {
        Files.writeString(folder.resolve(name + ".svg"), picture);
    }

    /**
     * Puts the text between a page's comments {@code <!-- name -->} and {@code <!-- /name -->}.
     *
     * @throws IOException if the page has no such comments
     */
    public static void section(Path page, String name, String text) throws IOException {
        String before = Files.readString(page);
        String open = "<!-- " + name + " -->";
        String close = "<!-- /" + name + " -->";
        int start = before.indexOf(open);
        int end = before.indexOf(close);
        if (start < 0 || end < start) {
            throw new IOException(page + " has no section between " + open + " and " + close);
        }
        Files.writeString(
                page, before.substring(0, start + open.length()) + "\n" + text + "\n" + before.substring(end));
    }
}
