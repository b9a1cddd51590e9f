package dev.databasetraffic.plants.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.databasetraffic.plants.inventory.Arrival;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BeginningTests {

    private final Places places = new Places(1, Duration.ZERO, Duration.ZERO, System::nanoTime);

    @Test
    void whoIsReadClaimsItOnceAndKeepsThePlace() {
        assertThat(places.take()).isTrue();
        Beginning beginning = new Beginning(new Arrival(7), places);

        beginning.during(() -> {
            assertThat(Beginning.claim()).isEqualTo(beginning);
            assertThat(Beginning.claim())
                    .as("for another request on the connection")
                    .isNull();
        });

        assertThat(places.take()).as("one more").isFalse();
    }

    @Test
    void whatEndsWithoutARequestGivesThePlaceBack() {
        assertThat(places.take()).isTrue();

        new Beginning(Arrival.now(), places).during(() -> {});

        assertThat(places.take()).isTrue();
        assertThat(Beginning.claim()).as("left to what the thread does next").isNull();
    }

    @Test
    void whatGoesOnWithARequestGivesNothingBack() {
        assertThat(places.take()).isTrue();

        new Beginning(Arrival.now(), null).during(() -> {});

        assertThat(places.take()).isFalse();
    }
}
