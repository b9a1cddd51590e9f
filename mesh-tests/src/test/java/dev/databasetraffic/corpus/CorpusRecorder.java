package dev.databasetraffic.corpus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Records anew what a cluster answers to the files that are named, or to the whole corpus. */
public final class CorpusRecorder {

    private CorpusRecorder() {}

    public static void main(String[] files) {
        if (System.getenv("KUBECONFIG") == null) {
            System.err.println("set KUBECONFIG: files are applied to the cluster that it names, and deleted again");
            System.exit(2);
        }
        try {
            record(
                    files.length == 0
                            ? Corpus.read()
                            : Corpus.read(Arrays.stream(files).map(Path::of).toList()));
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            // The Kubernetes client's threads would keep a failed program alive.
            System.exit(3);
        }
    }

    private static void record(List<Question> questions) throws Exception {
        try (Recorder recorder = new Recorder()) {
            // The mesh's configuration is slow to change.
            List<Question> byMesh = questions.stream()
                    .sorted(Comparator.comparing(question -> question.mesh().toString()))
                    .toList();
            for (Question question : byMesh) {
                Files.writeString(question.record(), recorder.ask(question));
                System.out.println("recorded " + question.file());
            }
        }
    }
}
