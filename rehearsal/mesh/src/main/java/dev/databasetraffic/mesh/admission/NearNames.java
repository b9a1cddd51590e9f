package dev.databasetraffic.mesh.admission;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Says which name may have been meant. */
final class NearNames {

    private static final int MANY = 25;

    private NearNames() {}

    /** The name that is nearest to the written one, or all there are where none is near. */
    static String of(String written, Collection<String> known) {
        List<String> near = known.stream()
                .filter(name -> distance(plain(written), plain(name)) <= Math.min(2, name.length() / 3))
                .sorted(Comparator.comparing(name -> distance(plain(written), plain(name))))
                .limit(1)
                .toList();
        if (!near.isEmpty()) {
            return near.get(0) + " (if that was meant)";
        }
        List<String> sorted = known.stream().sorted().toList();
        return sorted.isEmpty()
                ? "nothing"
                : "one of " + String.join(", ", sorted.subList(0, Math.min(MANY, sorted.size())))
                        + (sorted.size() > MANY ? " and others" : "");
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_]", "");
    }

    /** Levenshtein's. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
