package dev.databasetraffic.mesh.check;

import dev.databasetraffic.mesh.manifest.Manifest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Findings, parted by what the authors of their resources allow. A resource allows ids in its annotation
 * {@value #ANNOTATION}, such as {@code no-effect, misnamed-tls: until the database moves}; the reason may also stand in
 * {@value #REASON}.
 *
 * @param left what nobody allowed, and what is wrong with the annotations themselves
 */
public record Allowances(List<Finding> left, List<Allowed> allowed) {

    public static final String ANNOTATION = "rehearse.databasetraffic.dev/allow";
    public static final String REASON = "rehearse.databasetraffic.dev/allow-reason";

    /**
     * A finding that the author of the resource knows of.
     *
     * @param reason why it is well so, empty if the annotation does not say
     */
    public record Allowed(Finding finding, String reason) {}

    /** @param findings of a check of these manifests */
    public static Allowances of(List<Manifest> manifests, List<Finding> findings) {
        Map<Manifest, Allowance> allowances = new IdentityHashMap<>();
        manifests.forEach(
                manifest -> Allowance.of(manifest).ifPresent(allowance -> allowances.put(manifest, allowance)));
        List<Finding> left = new ArrayList<>();
        List<Allowed> allowed = new ArrayList<>();
        for (Finding finding : findings) {
            Allowance allowance = allowances.get(finding.manifest());
            if (allowance != null && allowance.covers(finding.trap())) {
                allowed.add(new Allowed(finding, allowance.reason));
            } else {
                left.add(finding);
            }
        }
        manifests.stream().map(allowances::get).forEach(allowance -> {
            if (allowance != null) {
                left.addAll(allowance.notes());
            }
        });
        return new Allowances(List.copyOf(left), List.copyOf(allowed));
    }

    private static final class Allowance {

        private final Manifest manifest;
        private final List<String> ids;
        private final String reason;
        private final Set<Trap> unused = EnumSet.noneOf(Trap.class);

        private Allowance(Manifest manifest, List<String> ids, String reason) {
            this.manifest = manifest;
            this.ids = ids;
            this.reason = reason;
            ids.forEach(id -> Trap.of(id).ifPresent(unused::add));
        }

        static Optional<Allowance> of(Manifest manifest) {
            Map<String, String> annotations = manifest.annotations();
            String text = annotations.get(ANNOTATION);
            if (text == null) {
                return Optional.empty();
            }
            int colon = text.indexOf(':');
            String reason = colon < 0 ? annotations.getOrDefault(REASON, "") : text.substring(colon + 1);
            List<String> ids = Arrays.stream((colon < 0 ? text : text.substring(0, colon)).split("[,\\s]+"))
                    .filter(id -> !id.isEmpty())
                    .distinct()
                    .toList();
            return Optional.of(new Allowance(manifest, ids, reason.strip()));
        }

        boolean covers(Trap trap) {
            unused.remove(trap);
            return ids.contains(trap.id());
        }

        List<Finding> notes() {
            if (ids.isEmpty()) {
                return List.of(note(
                        Trap.UNKNOWN_ALLOWANCE,
                        "The annotation names nothing.",
                        "name what it allows, or take it away"));
            }
            Stream<Finding> unknown = ids.stream()
                    .filter(id -> Trap.of(id).isEmpty())
                    .map(id -> note(
                            Trap.UNKNOWN_ALLOWANCE,
                            "The annotation allows " + id + ", and nothing is found under that id.",
                            "allow one of " + Trap.ids()));
            Stream<Finding> idle = unused.stream()
                    .map(trap -> note(
                            Trap.UNUSED_ALLOWANCE,
                            "The annotation allows " + trap.id() + ", which was not found here.",
                            "take " + trap.id() + " out of the annotation, or it hides the next one"));
            return Stream.concat(unknown, idle).toList();
        }

        private Finding note(Trap trap, String why, String mend) {
            return new Finding(
                    trap, Severity.NOTE, manifest, manifest.line("metadata", "annotations", ANNOTATION), why, mend);
        }
    }
}
