package dev.databasetraffic.rehearsal.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.databasetraffic.mesh.traffic.Flow;
import dev.databasetraffic.mesh.traffic.RuleInForce;
import dev.databasetraffic.mesh.traffic.RuleInForce.Destination;
import dev.databasetraffic.rehearsal.page.Scene.Kind;
import dev.databasetraffic.rehearsal.page.Scene.Node;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SceneBuilderTests {

    private static final String HOST = "db.example.com";
    private static final String ECHO = "echo.shop.svc.cluster.local:80";
    private static final RuleInForce RULE =
            new RuleInForce(HOST, "VirtualService shop/outage", "outage.yaml:1", "", List.of(new Destination(ECHO, 1)));

    private final SceneBuilder builder = new SceneBuilder(HOST);

    @Test
    void theDatabaseIsThereBeforeAnybodyWentToItAndSoIsWhereARuleLeads() {
        Scene scene = builder.of(look(List.of(RULE)), 0);

        assertThat(scene.nodes())
                .extracting(Node::name, Node::kind)
                .contains(tuple(HOST, Kind.DATABASE), tuple(ECHO, Kind.DIVERSION));
        assertThat(node(scene, HOST).badge()).isNotNull();
        assertThat(node(scene, ECHO).badge()).isNull();
    }

    @Test
    void anotherHostThatTheServiceAsksIsDrawnAsOneOfItsOwn() {
        Scene scene = builder.of(
                look(
                        List.of(RULE),
                        new Flow(HOST, HOST + ":443", 1, 1, 0, 10L),
                        new Flow("cache.example.com", "cache.example.com:443", 1, 1, 0, 10L)),
                0);

        assertThat(node(scene, "cache.example.com").kind()).isEqualTo(Kind.DATABASE);
        assertThat(node(scene, "cache.example.com").badge()).isNull();
        assertThat(node(scene, HOST).badge()).isNotNull();
    }

    @Test
    void aWayThatNobodyGoesAnyMoreIsForgottenAfterAWhileButNotTheOneToTheDatabase() {
        Look look = look(List.of(), new Flow(HOST, HOST + ":443", 0, 1, 0, 10L), new Flow(HOST, ECHO, 0, 1, 0, 10L));

        assertThat(builder.of(look, 0).edges()).hasSize(3);
        Scene later = builder.of(look, TimeUnit.MINUTES.toNanos(5));

        assertThat(later.edges()).extracting(Scene.Edge::to).containsExactly("service shop", HOST + ":443");
        assertThat(later.edges().get(1).quiet()).isEqualTo(300);
    }

    @Test
    void aProxyThatCountsAnewHasNoRatesUntilTheNextLook() {
        builder.of(look(List.of(), new Flow(HOST, HOST + ":443", 1, 9, 0, 1000L)), 0);

        Scene restarted = builder.of(look(List.of(), new Flow(HOST, HOST + ":443", 1, 1, 0, 10L)), second(1));
        assertThat(restarted.edges().get(1).bytes()).isNull();
        Scene next = builder.of(look(List.of(), new Flow(HOST, HOST + ":443", 1, 2, 0, 60L)), second(2));
        assertThat(next.edges().get(1).bytes()).isEqualTo(50);
        assertThat(next.edges().get(1).opened()).isEqualTo(1);
    }

    private static Look look(List<RuleInForce> rules, Flow... flows) {
        return new Look(List.of(new Look.Replica("shop", "router", OptionalLong.of(1), List.of(flows))), rules);
    }

    private static Node node(Scene scene, String name) {
        return scene.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static long second(int number) {
        return TimeUnit.SECONDS.toNanos(number);
    }
}
