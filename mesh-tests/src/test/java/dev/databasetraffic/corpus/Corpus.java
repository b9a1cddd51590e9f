package dev.databasetraffic.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where the manifests and their records lie. */
final class Corpus {

    private static final String FOLDER = "rehearsal/mesh/src/test/resources/corpus";

    private Corpus() {}

    /** All of it, in the order of its names. */
    static List<CorpusFile> read() throws IOException {
        // Maven runs tests in their module's folder, and programs where it was called.
        Path folder = Files.isDirectory(Path.of(FOLDER)) ? Path.of(FOLDER) : Path.of("..", FOLDER);
        try (Stream<Path> files = Files.walk(folder)) {
            return read(files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList());
        }
    }

    static List<CorpusFile> read(List<Path> files) throws IOException {
        List<CorpusFile> questions = new ArrayList<>();
        for (Path file : files) {
            questions.add(CorpusFile.read(file));
        }
        return questions;
    }
}
