package dev.databasetraffic.rehearsal.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.faults.Connections;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTests {

    private static final List<Trouble> POSSIBLE = List.of(new NamedTrouble("silent"), new NamedTrouble("refused"));

    @Test
    void aFaultAskedForByNameThatTheSystemCannotHaveIsNotPassedOverInSilence() {
        assertThat(plan("silent", "reply-lost", "token-refused").notAmong(POSSIBLE))
                .containsExactly("reply-lost", "token-refused");
    }

    @Test
    void whoAsksForAllThatIsPossibleMissesNothing() {
        assertThat(plan().notAmong(POSSIBLE)).isEmpty();
    }

    private static Plan plan(String... faults) {
        return new Plan(List.of(), List.of(faults), Set.of(Connections.CUT), List.of(Duration.ofSeconds(3)), 20);
    }
}
