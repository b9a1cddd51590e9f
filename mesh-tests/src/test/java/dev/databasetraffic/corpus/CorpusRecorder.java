package dev.databasetraffic.corpus;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
            checkEmpty();
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

    private static void checkEmpty() {
        try (KubernetesClient cluster = new KubernetesClientBuilder().build()) {
            List<String> foreign = Fitness.foreign(cluster);
            if (!foreign.isEmpty()) {
                System.err.println("the cluster's mesh must hold nothing else, but it holds " + foreign);
                System.exit(2);
            }
        }
    }

    private static void record(List<CorpusFile> questions) throws Exception {
        try (Recorder recorder = new Recorder()) {
            for (CorpusFile question : Recorder.inOrder(questions)) {
                String missing = recorder.missing(question);
                if (missing == null) {
                    Files.writeString(question.record(), recorder.ask(question));
                    System.out.println("recorded " + question.file());
                } else {
                    System.out.println("left as it is: " + question.file() + ", for it needs " + missing);
                }
            }
        }
    }
}
