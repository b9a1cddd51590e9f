package dev.databasetraffic.plants.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FutileRequestsTests {

    private static final int MOST = 3;

    private boolean away = true;
    private long now;
    private final FutileRequests requests = new FutileRequests(() -> away, MOST, () -> now);

    @Test
    void eachSecondSomeGoTheirWholeWayAndMoreAreTooMany() {
        for (int second = 0; second < 3; second++) {
            for (int i = 0; i < MOST; i++) {
                assertThat(requests.areTooMany()).isFalse();
            }
            assertThat(requests.areTooMany()).isTrue();
            now += TimeUnit.SECONDS.toNanos(1) - 1;
            assertThat(requests.areTooMany()).isTrue();
            now++;
        }
    }

    @Test
    void noneAreTooManyWhileTheDatabaseIsThere() {
        away = false;
        for (int i = 0; i < 1000; i++) {
            assertThat(requests.areTooMany()).isFalse();
        }
    }
}
