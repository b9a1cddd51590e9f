package dev.databasetraffic.corpus;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The cluster that KUBECONFIG names says what the records say. */
@EnabledIf(value = "clusterCanBeAsked", disabledReason = "needs a cluster with Istio and nothing else in its mesh")
class CorpusIT {

    private static final int OF_EACH_TOPIC = 2;

    static boolean clusterCanBeAsked() {
        String obstacle = obstacle();
        if (obstacle != null) {
            System.out.println("CorpusIT is skipped: " + obstacle);
        }
        return obstacle == null;
    }

    private static @Nullable String obstacle() {
        // The usual ~/.kube/config may name a cluster that is dear to somebody: it is never used.
        if (System.getenv("KUBECONFIG") == null) {
            return "it needs a cluster with Istio that KUBECONFIG names";
        }
        try (KubernetesClient cluster = new KubernetesClientBuilder().build()) {
            List<String> foreign = Fitness.foreign(cluster);
            return foreign.isEmpty() ? null : "the cluster's mesh holds " + foreign;
        } catch (KubernetesClientException e) {
            return "the cluster does not answer, or has no Istio: " + e.getMessage();
        }
    }

    @Test
    void answersAreAsRecorded() throws Exception {
        long seed = Long.getLong("corpus.seed", System.nanoTime());
        List<CorpusFile> questions = chosen(new Random(seed));
        System.out.println("asks about " + questions.size() + " files of the corpus, chosen by -Dcorpus.seed=" + seed);
        SoftAssertions all = new SoftAssertions();
        try (Recorder recorder = new Recorder()) {
            for (CorpusFile question : questions) {
                String missing = recorder.missing(question);
                if (missing != null) {
                    System.out.println("not asked: " + question.file() + ", for it needs " + missing);
                } else {
                    all.assertThat(recorder.ask(question))
                            .as(question.file().toString())
                            .isEqualTo(Files.readString(question.record()));
                }
            }
        }
        all.assertAll();
    }

    private static List<CorpusFile> chosen(Random random) throws Exception {
        Map<String, List<CorpusFile>> topics = Corpus.read().stream()
                .collect(Collectors.groupingBy(
                        question -> String.valueOf(question.file().getParent()), TreeMap::new, Collectors.toList()));
        List<CorpusFile> chosen = new ArrayList<>();
        topics.values().forEach(topic -> {
            Collections.shuffle(topic, random);
            chosen.addAll(topic.subList(0, Math.min(OF_EACH_TOPIC, topic.size())));
        });
        return Recorder.inOrder(chosen);
    }
}
