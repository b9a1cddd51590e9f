package dev.databasetraffic.rehearsal.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.mesh.traffic.RuleInForce;
import dev.databasetraffic.mesh.traffic.RuleInForce.Destination;
import dev.databasetraffic.rehearsal.experiment.ExperimentFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ComposedRulesTests {

    private static final Path HOME = Path.of("..", "..").toAbsolutePath().normalize();

    @Test
    void everyShippedOutageIsKnownByItsFileAndWhereItLeads() throws Exception {
        assertThat(ComposedRules.of(HOME, ExperimentFile.read(HOME.resolve("experiments/black-hole.yaml"))))
                .anySatisfy(rule -> {
                    assertThat(rule.name()).isEqualTo("VirtualService plants/firestore-outage");
                    assertThat(rule.source()).contains("istio/outage/black-hole.yaml:");
                    assertThat(rule.text()).contains("kind: VirtualService");
                    assertThat(rule.shares())
                            .extracting(Destination::target)
                            .containsExactly("echo.plants.svc.cluster.local:80");
                })
                .extracting(RuleInForce::source)
                .hasSize(4);
    }
}
