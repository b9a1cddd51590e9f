package dev.databasetraffic.corpus;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whose proxy is asked about a file: one line of its header, such as {@code # proxy: sidecar namespace=a labels=b=c}. */
record Asker(Kind kind, String namespace, Map<String, String> labels) {

    enum Kind {
        SIDECAR("shop", "app=caller"),
        GATEWAY("istio-system", "istio=egressgateway"),
        WAYPOINT("shop", "gateway.networking.k8s.io/gateway-name=waypoint");

        private final String namespace;
        private final String labels;

        Kind(String namespace, String labels) {
            this.namespace = namespace;
            this.labels = labels;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Asker parse(String line) {
        String[] words = line.trim().split("\\s+");
        Kind kind = Arrays.stream(Kind.values())
                .filter(k -> k.word().equals(words[0]))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such proxy: " + words[0]));
        Map<String, String> settings = Pairs.parse(Arrays.asList(words).subList(1, words.length));
        Map<String, String> labels = new TreeMap<>(Pairs.parse(
                Arrays.asList(settings.getOrDefault("labels", kind.labels).split(","))));
        return new Asker(kind, settings.getOrDefault("namespace", kind.namespace), labels);
    }

    /** The name in the record, and of the pod. */
    @Override
    public String toString() {
        return kind.word() + " " + namespace + " "
                + labels.entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
    }

    String podName() {
        return "asker-" + toString().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
