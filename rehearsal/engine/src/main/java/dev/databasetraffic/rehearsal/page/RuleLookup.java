package dev.databasetraffic.rehearsal.page;

import dev.databasetraffic.mesh.traffic.RuleInForce;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the resource behind a rule of which a proxy tells only that it is there. Who knows the resources may take a
 * while, and is asked when another rule is seen, not at every look. Confined to one thread.
 */
public final class RuleLookup {

    /** A proxy may have a rule before those who know the resources do. */
    private static final Duration AGAIN_AFTER = Duration.ofSeconds(10);

    private final KnownRules known;
    private Set<RuleInForce> seen = Set.of();
    private @Nullable CompletableFuture<List<RuleInForce>> answer;
    private long askedAt;

    public RuleLookup(KnownRules known) {
        this.known = known;
    }

    /** Who knows the resources of a mesh. */
    public interface KnownRules {

        /**
         * Those that may be in force.
         *
         * @throws Exception if they cannot be told; the rule is shown as it was seen then
         */
        List<RuleInForce> all() throws Exception;
    }

    /** @param now what the proxies have at this moment */
    Set<RuleInForce> behind(Set<RuleInForce> now) {
        if (!now.equals(seen) || isToBeAskedAgain(now)) {
            seen = now;
            askedAt = System.nanoTime();
            answer = now.isEmpty() ? null : CompletableFuture.supplyAsync(this::ask);
        }
        return now.stream().map(this::behind).collect(Collectors.toSet());
    }

    private RuleInForce behind(RuleInForce rule) {
        return found().stream().filter(rule::leadsAs).findFirst().orElse(rule);
    }

    private boolean isToBeAskedAgain(Set<RuleInForce> now) {
        return answer != null
                && answer.isDone()
                && System.nanoTime() - askedAt > AGAIN_AFTER.toNanos()
                && !now.stream().allMatch(rule -> found().stream().anyMatch(rule::leadsAs));
    }

    private List<RuleInForce> found() {
        return answer == null ? List.of() : answer.getNow(List.of());
    }

    private List<RuleInForce> ask() {
        try {
            return known.all();
        } catch (Exception e) {
            return List.of();
        }
    }
}
