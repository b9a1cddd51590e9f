package dev.databasetraffic.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.databasetraffic.mesh.traffic.RuleInForce;
import dev.databasetraffic.mesh.traffic.RuleInForce.Destination;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RuleLookupTests {

    private static final RuleInForce SEEN = rule("A rule that Envoy has", 0, "echo:80");
    private static final RuleInForce KNOWN = rule("VirtualService shop/outage", 1, "echo:80");
    private static final RuleInForce OTHER = rule("VirtualService shop/other", 1, "sink:80");

    @Test
    void theResourceIsFoundByWhereItLeadsAndAskedForOnce() {
        AtomicInteger asked = new AtomicInteger();
        RuleLookup lookup = new RuleLookup(() -> {
            asked.incrementAndGet();
            return List.of(OTHER, KNOWN);
        });

        await().untilAsserted(() -> assertThat(lookup.behind(Set.of(SEEN))).containsExactly(KNOWN));
        lookup.behind(Set.of(SEEN));
        assertThat(asked).hasValue(1);

        assertThat(lookup.behind(Set.of())).isEmpty();
        await().untilAsserted(() -> assertThat(lookup.behind(Set.of(SEEN))).containsExactly(KNOWN));
        assertThat(asked).hasValue(2);
    }

    @Test
    void nobodyWaitsForWhoKnowsTheResources() {
        CountDownLatch slow = new CountDownLatch(1);
        RuleLookup lookup = new RuleLookup(() -> {
            slow.await();
            return List.of(KNOWN);
        });

        assertThat(lookup.behind(Set.of(SEEN))).containsExactly(SEEN);
        slow.countDown();
        await().untilAsserted(() -> assertThat(lookup.behind(Set.of(SEEN))).containsExactly(KNOWN));
    }

    @Test
    void aRuleThatNobodyKnowsIsShownAsItWasSeen() {
        AtomicInteger asked = new AtomicInteger();
        RuleLookup lookup = new RuleLookup(() -> {
            asked.incrementAndGet();
            throw new IllegalStateException("no cluster");
        });

        lookup.behind(Set.of(SEEN));
        await().untilAsserted(() -> assertThat(asked).hasValue(1));
        assertThat(lookup.behind(Set.of(SEEN))).containsExactly(SEEN);
    }

    private static RuleInForce rule(String name, int weight, String target) {
        return new RuleInForce("db.example.com", name, "", "", List.of(new Destination(target, weight)));
    }
}
